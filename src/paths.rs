//! Where a platform keeps data and configuration.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The files of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The collection.
    pub db: PathBuf,
    /// The configuration.
    pub config: PathBuf,
}

impl Paths {
    /// Returns the given files, or those of the platform; `None` where there is
    /// neither (no home directory).
    #[must_use]
    pub fn find(db: Option<&Path>, config: Option<&Path>) -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "termdeck");
        let db = db.map(Path::to_owned);
        let config = config.map(Path::to_owned);
        Some(Self {
            db: db.or_else(|| Some(dirs.as_ref()?.data_dir().join("termdeck.db")))?,
            config: config.or_else(|| Some(dirs.as_ref()?.config_dir().join("config.toml")))?,
        })
    }

    /// Returns the log file of `-vv`, beside the collection.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.db.with_file_name("termdeck.log")
    }
}

/// Returns `path` with a leading `~` replaced by the home directory.
#[must_use]
pub fn expand_home(path: &str) -> PathBuf {
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match (path.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home,
        (Some(rest), Some(home)) if rest.starts_with('/') => home.join(&rest[1..]),
        _ => PathBuf::from(path),
    }
}
