//! Deck files behind an address.

use crate::error::Error;

use super::Result;

/// The most that is fetched, in bytes.
#[cfg(feature = "https")]
const MAX_FETCHED: u64 = 256 << 20;

/// The longest time that fetching may take, in seconds.
#[cfg(feature = "https")]
const MAX_SECONDS: u64 = 120;

/// Redirects that are followed.
#[cfg(feature = "https")]
const MAX_REDIRECTS: u32 = 5;

/// Whether what was given is an address rather than a path.
#[must_use]
pub fn is_address(path: &str) -> bool {
    let has = |scheme: &str| {
        path.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    has("https://") || has("http://")
}

/// Returns what lies behind an address.
///
/// # Errors
/// [`Error::Fetch`] where there is no answer, too much of it, or none in time; and
/// always where the program was built without the feature `https`.
#[cfg(feature = "https")]
pub fn fetch(address: &str) -> Result<Vec<u8>> {
    fetch_within(address, MAX_FETCHED, std::time::Duration::from_secs(MAX_SECONDS))
}

#[cfg(feature = "https")]
fn fetch_within(address: &str, most: u64, time: std::time::Duration) -> Result<Vec<u8>> {
    use ureq::{Agent, Error as Failure};

    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(time))
        .max_redirects(MAX_REDIRECTS)
        .build()
        .into();
    let read = agent
        .get(address)
        .call()
        .and_then(|mut answer| answer.body_mut().with_config().limit(most).read_to_vec());
    read.map_err(|failure| {
        let what = match failure {
            Failure::StatusCode(status) => format!("the server answered {status}"),
            Failure::BodyExceedsLimit(most) => format!("more than {most} bytes; nothing was read"),
            Failure::Timeout(_) => format!("no full answer within {} seconds", time.as_secs()),
            other => other.to_string(),
        };
        Error::Fetch { address: address.to_owned(), what }
    })
}

/// Says that this program fetches nothing.
///
/// # Errors
/// Always.
#[cfg(not(feature = "https"))]
pub fn fetch(address: &str) -> Result<Vec<u8>> {
    let what = "this termdeck was built without `--features https`; save the file and import it";
    Err(Error::Fetch { address: address.to_owned(), what: what.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_no_path() {
        for address in ["https://example.org/a.tsv", "HTTP://127.0.0.1:8000/"] {
            assert!(is_address(address), "{address}");
        }
        for path in ["a.tsv", "https", "http:/a", "词汇.txt", "./https://a"] {
            assert!(!is_address(path), "{path}");
        }
    }

    /// Answers one request after another on loopback, each with the next of `answers`,
    /// and returns the address.
    #[cfg(feature = "https")]
    fn served(answers: Vec<String>) -> String {
        use std::io::{BufRead, BufReader, Write};

        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/words.tsv", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for answer in answers {
                let (stream, _) = listener.accept().unwrap();
                let mut lines = BufReader::new(&stream).lines();
                while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
                // Whoever asked may have heard enough before the end.
                let _ = (&stream).write_all(answer.as_bytes());
            }
        });
        address
    }

    #[cfg(feature = "https")]
    fn answer(status: &str, more: &str, body: &str) -> String {
        let length = body.len();
        format!(
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{more}\r\n{body}"
        )
    }

    #[cfg(feature = "https")]
    #[test]
    fn what_lies_behind_an_address_is_fetched_within_limits() {
        use std::time::Duration;

        let words = "水\twater\n";
        let moved = answer("302 Found", "Location: /other.tsv\r\n", "");
        let address = served(vec![moved, answer("200 OK", "", words)]);
        assert_eq!(fetch(&address).unwrap(), words.as_bytes());

        let said = |address: &str, most, ms| {
            let error = fetch_within(address, most, Duration::from_millis(ms)).unwrap_err();
            error.to_string().strip_prefix(&format!("{address}: ")).unwrap().to_owned()
        };
        let long = served(vec![answer("200 OK", "", &"x".repeat(5_000))]);
        assert_eq!(said(&long, 4_000, 60_000), "more than 4000 bytes; nothing was read");
        let absent = served(vec![answer("404 Not Found", "", "")]);
        assert_eq!(said(&absent, 4_000, 60_000), "the server answered 404");
        let cut = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nwater".to_owned();
        assert!(!said(&served(vec![cut]), 4_000, 60_000).is_empty());
        // One who listens and never answers.
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/words.tsv", silent.local_addr().unwrap());
        assert_eq!(said(&address, 4_000, 1), "no full answer within 0 seconds");
    }

    #[cfg(not(feature = "https"))]
    #[test]
    fn nothing_is_fetched_that_was_not_built_in() {
        let error = fetch("https://example.org/words.tsv").unwrap_err().to_string();
        assert!(error.starts_with("https://example.org/words.tsv: "), "{error}");
        assert!(error.contains("--features https"), "{error}");
    }
}
