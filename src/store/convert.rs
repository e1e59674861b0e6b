//! Domain types as SQLite values.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use crate::domain::{Cause, Day, Grade, Kind, Scale, Slot, Uid};

use super::Deleted;

/// A text that is none of the names a column may hold.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct BadName(String);

fn bad(what: impl Into<String>) -> FromSqlError {
    FromSqlError::Other(Box::new(BadName(what.into())))
}

impl ToSql for Uid {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
    }
}

impl FromSql for Uid {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        <[u8; 16]>::column_result(value).map(Self)
    }
}

impl ToSql for Day {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(i64::from(self.0).into())
    }
}

impl FromSql for Day {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i32::column_result(value).map(Self)
    }
}

impl ToSql for Grade {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(i64::from(self.raw()).into())
    }
}

impl FromSql for Grade {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let raw = u8::column_result(value)?;
        Self::new(raw).ok_or_else(|| bad(format!("grade {raw}")))
    }
}

impl ToSql for Slot {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Forward => "forward".into(),
            Self::Reverse => "reverse".into(),
            Self::Gap(_) => self.to_string().into(),
        })
    }
}

/// Declares text columns whose values are names.
macro_rules! names {
    ($($type:ty),+) => {$(
        impl ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.name().into())
            }
        }

        impl FromSql for $type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value.as_str()?.parse().map_err(|what: String| bad(what))
            }
        }
    )+};
}

names!(Kind, Cause);

impl FromSql for Slot {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(|what: String| bad(what))
    }
}

impl ToSql for Scale {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

impl FromSql for Deleted {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let code = i64::column_result(value)?;
        Self::of(code).ok_or_else(|| bad(format!("deletion {code}")))
    }
}

impl FromSql for Scale {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "four" => Ok(Self::Four),
            "six" => Ok(Self::Six),
            other => Err(bad(format!("scale {other}"))),
        }
    }
}
