//! The twelve cases of csv-spectrum: what each is read as.
//!
//! Source: <https://github.com/maxogden/csv-spectrum> (MIT), inputs and expected records.

use super::record::{Delimiter, Records, Source};

/// Returns the fields of all records of a table with commas.
fn records(text: &str) -> Vec<Vec<String>> {
    let text = crate::import::cleanup::clean(text.into()).text.into_owned();
    let delimiter = Delimiter::Char(',');
    let mut records = Records::new(&text, &delimiter, None);
    let (mut all, mut fields) = (Vec::new(), Vec::new());
    while records.next(&mut fields).is_some() {
        all.push(fields.iter().map(|field| field.clone().into_owned()).collect());
    }
    all
}

#[test]
fn every_case_gives_its_records() {
    let cases: [(&str, &str, &[&[&str]]); 12] = [
        (
            "comma_in_quotes",
            "first,last,address,city,zip\nJohn,Doe,120 any st.,\"Anytown, WW\",08123",
            &[
                &["first", "last", "address", "city", "zip"],
                &["John", "Doe", "120 any st.", "Anytown, WW", "08123"],
            ],
        ),
        (
            "empty",
            "a,b,c\n1,\"\",\"\"\n2,3,4",
            &[&["a", "b", "c"], &["1", "", ""], &["2", "3", "4"]],
        ),
        (
            "empty_crlf",
            "a,b,c\r\n1,\"\",\"\"\r\n2,3,4",
            &[&["a", "b", "c"], &["1", "", ""], &["2", "3", "4"]],
        ),
        (
            "escaped_quotes",
            "a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n",
            &[&["a", "b"], &["1", "ha \"ha\" ha"], &["3", "4"]],
        ),
        (
            "json",
            "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"coordinates\"\": [102.0, 0.5]}\"\n",
            &[&["key", "val"], &["1", "{\"type\": \"Point\", \"coordinates\": [102.0, 0.5]}"]],
        ),
        (
            "location_coordinates",
            "Contact Phone Number,Location Coordinates,Cities,Counties\n\
             2095257564,37\u{fffd}36'37.8\"N 121\u{fffd}2'17.9\"W,Modesto,Stanislaus",
            &[
                &["Contact Phone Number", "Location Coordinates", "Cities", "Counties"],
                &[
                    "2095257564",
                    "37\u{fffd}36'37.8\"N 121\u{fffd}2'17.9\"W",
                    "Modesto",
                    "Stanislaus",
                ],
            ],
        ),
        (
            "newlines",
            "a,b,c\n1,2,3\n\"Once upon \na time\",5,6\n7,8,9\n",
            &[
                &["a", "b", "c"],
                &["1", "2", "3"],
                &["Once upon \na time", "5", "6"],
                &["7", "8", "9"],
            ],
        ),
        (
            "newlines_crlf",
            "a,b,c\r\n1,2,3\r\n\"Once upon \r\na time\",5,6\r\n7,8,9\r\n",
            // Line ends are made one kind before.
            &[
                &["a", "b", "c"],
                &["1", "2", "3"],
                &["Once upon \na time", "5", "6"],
                &["7", "8", "9"],
            ],
        ),
        (
            "quotes_and_newlines",
            "a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n",
            &[&["a", "b"], &["1", "ha \n\"ha\" \nha"], &["3", "4"]],
        ),
        ("simple", "a,b,c\n1,2,3\n", &[&["a", "b", "c"], &["1", "2", "3"]]),
        ("simple_crlf", "a,b,c\r\n1,2,3\r\n", &[&["a", "b", "c"], &["1", "2", "3"]]),
        ("utf8", "a,b,c\n1,2,3\n4,5,ʤ", &[&["a", "b", "c"], &["1", "2", "3"], &["4", "5", "ʤ"]]),
    ];
    for (name, text, expected) in cases {
        assert_eq!(records(text), expected, "{name}");
    }
}
