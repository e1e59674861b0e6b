//! Texts that programs wrote for programs: logs, settings, lists of people and goods.
//!
//! They have columns as even as those of a deck, and nothing to learn in them.

/// Lines that are looked at.
const SAMPLE: usize = 200;

/// Names of columns of tables that no one learns from, in lower case.
pub const LEDGER: &[&str] = &[
    "amount",
    "price",
    "total",
    "subtotal",
    "qty",
    "quantity",
    "cost",
    "salary",
    "budget",
    "balance",
    "income",
    "expense",
    "expenses",
    "tax",
    "invoice",
    "phone",
    "email",
    "e-mail",
    "address",
    "due date",
    "deadline",
    "status",
    "assignee",
    "owner",
    "start date",
    "end date",
    "first name",
    "last name",
    "sku",
    "金额",
    "单价",
    "价格",
    "数量",
    "合计",
    "总计",
    "小计",
    "预算",
    "支出",
    "收入",
    "电话",
    "邮箱",
    "地址",
    "截止日期",
    "betrag",
    "preis",
    "summe",
    "menge",
    "montant",
    "prix",
    "importe",
    "precio",
    "cantidad",
    "сумма",
    "цена",
    "количество",
];

/// Returns what a text is that was written for programs, or `None`.
#[must_use]
pub fn kind(text: &str) -> Option<&'static str> {
    let lines: Vec<&str> =
        text.lines().map(str::trim_end).filter(|line| !line.is_empty()).take(SAMPLE).collect();
    if lines.len() < 3 {
        return None;
    }
    let most =
        |is: fn(&str) -> bool| lines.iter().filter(|line| is(line)).count() * 5 >= lines.len() * 3;
    if most(is_dated) {
        Some("a log, or messages with their times")
    } else if most(|line| line.matches(':').count() == 6 && line.contains(":/")) {
        Some("a list of accounts")
    } else if most(has_mail) || is_ledger(&lines) {
        Some("a table of people, goods or amounts")
    } else if is_settings(&lines) {
        Some("settings of a program")
    } else {
        None
    }
}

/// Whether a line starts with a date and a time of the day, behind an address at most.
fn is_dated(line: &str) -> bool {
    let head = &line[..line.floor_char_boundary(48)];
    let parts: Vec<&str> = head.split(['[', ']', ' ', 'T', ',']).collect();
    let numbers = |part: &str, sign: char, least: usize| {
        let mut numbers = 0;
        for number in part.split(sign) {
            let digits = number.bytes().take_while(u8::is_ascii_digit).count();
            if !(1..=4).contains(&digits) {
                return false;
            }
            numbers += 1;
        }
        numbers >= least
    };
    let is_date = |part: &&str| numbers(part, '-', 3) || numbers(part, '/', 3);
    let has_date = parts.iter().any(is_date) && parts.iter().any(|part| numbers(part, ':', 2));
    // `10/Oct/2000:13:55:36`, as web servers write it.
    let is_server = |part: &&str| {
        part.matches('/').count() == 2
            && part.matches(':').count() == 3
            && part.bytes().filter(u8::is_ascii_digit).count() >= 9
    };
    has_date || parts.iter().any(is_server)
}

/// Whether a cell of a line is an address of electronic mail.
fn has_mail(line: &str) -> bool {
    line.split([',', ';', '\t', '|', ' ']).any(|cell| {
        let cell = cell.trim_matches(['"', '<', '>']);
        cell.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@') && host.is_ascii()
        })
    })
}

/// Whether the first line names columns of accounts, and numbers stand below it.
fn is_ledger(lines: &[&str]) -> bool {
    fn cells(line: &str) -> impl Iterator<Item = &str> {
        line.split([',', ';', '\t', '|']).map(|cell| cell.trim().trim_matches('"'))
    }
    let Some((first, rows)) = lines.split_first() else { return false };
    let named = |cell: &str| LEDGER.contains(&cell.to_lowercase().as_str());
    if !cells(first).any(named) || cells(first).count() < 2 {
        return false;
    }
    let is_amount = |cell: &str| {
        cell.bytes().any(|b| b.is_ascii_digit())
            && cell.chars().all(|c| c.is_ascii_digit() || " .,:-/%+$€£¥元".contains(c))
    };
    let numbered = rows.iter().filter(|row| cells(row).any(is_amount)).count();
    numbered * 3 >= rows.len() * 2
}

/// Whether most lines are `key = value`, and the values are those of programs.
fn is_settings(lines: &[&str]) -> bool {
    let is_comment = |line: &&&str| !line.trim_start().starts_with(['#', ';']);
    let lines: Vec<&&str> = lines.iter().filter(is_comment).collect();
    let is_key = |key: &str| {
        key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
    };
    let is_value = |value: &str| {
        let value = value.trim().trim_matches(['"', '\'']);
        let is_number = value.bytes().any(|b| b.is_ascii_digit())
            && value.bytes().all(|b| b.is_ascii_digit() || b".,:-+%eE".contains(&b));
        is_number
            || value.starts_with(['/', '~', '[', '{', '$'])
            || value.contains("://")
            || matches!(
                value,
                "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "localhost"
            )
    };
    let (mut keys, mut values, mut frames) = (0_usize, 0_usize, 0_usize);
    for line in &lines {
        let line = line.trim();
        let bare = line.strip_prefix("- ").unwrap_or(line);
        match bare.split_once(['=', ':']) {
            Some((key, value)) if is_key(key.trim()) => {
                keys += 1;
                values += usize::from(is_value(value));
                frames += usize::from(value.trim().is_empty());
            }
            _ => {
                let is_frame = line.starts_with('[') && line.ends_with(']');
                frames += usize::from(is_frame || line == "---" || line.starts_with("HTTP/"));
            }
        }
    }
    let is_mostly_keys = (keys + frames) * 5 >= lines.len() * 4;
    is_mostly_keys && (values * 2 >= keys || (frames > 0 && values * 3 >= keys))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_write_is_named() {
        for (text, want) in [
            (
                "[2026-01-01T10:00:01Z] ERROR - host1: gone\n[2026-01-01T10:00:02Z] ERROR - x: y\n\
                 [2026-01-01T10:00:03Z] WARN - a: b\n",
                "a log, or messages with their times",
            ),
            (
                "127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] \"GET /a\" 200\n\
                 127.0.0.1 - - [10/Oct/2000:13:55:37 -0700] \"GET /b\" 200\n\
                 127.0.0.1 - - [10/Oct/2000:13:55:38 -0700] \"GET /c\" 404\n",
                "a log, or messages with their times",
            ),
            (
                "[1/1/26, 10:01] Ann: hello, you\n[1/1/26, 10:02] Bob: yes, ok\n\
                 [1/2/26, 10:02] Ann: fine, then\n",
                "a log, or messages with their times",
            ),
            (
                "root:x:0:0:root:/root:/bin/sh\nbin:x:1:1:bin:/bin:/bin/no\n\
                 bob:x:9:9:Bob:/home/bob:/bin/sh\n",
                "a list of accounts",
            ),
            ("Item,Cost\nRent,500\nFood,200\n", "a table of people, goods or amounts"),
            (
                "Ann Lee\tann@x.org\nBob Roe\tbob@x.org\nCy Doe\tcy@x.org\n",
                "a table of people, goods or amounts",
            ),
            ("[main]\nhost = localhost\nport = 80\nuser = bob\n", "settings of a program"),
            ("HOME=/root\nPATH=/bin:/usr/bin\nUSER=bob\n", "settings of a program"),
            ("name: foo\nversion: 1\ndebug: true\ndeps:\n  - a\n", "settings of a program"),
        ] {
            assert_eq!(kind(text), Some(want), "{text}");
        }
    }

    #[test]
    fn decks_that_look_a_little_like_it_stay_decks() {
        for text in [
            "price,precio\nbudget,presupuesto\ncost,coste\n",
            "12:30 = half past twelve\n9:15 = quarter past nine\n3:45 = quarter to four\n",
            "Hund = dog\nKatze = cat\n[Unit 2]\nMaus = mouse\n",
            "siete\t7\nocho\t8\nnueve\t9\n",
            "ser: to be\nhaber: to have\nir: to go\n",
            "1945-05-08\tend of the war in Europe\n1989-11-09\tfall of the Wall\n1066\tHastings\n",
            "www: world wide web\nftp: file transfer protocol\ncpu: central processing unit\n",
        ] {
            assert_eq!(kind(text), None, "{text}");
        }
    }
}
