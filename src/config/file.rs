//! The configuration file on the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Reads the file; one that is missing is empty.
///
/// # Errors
/// A file that cannot be read.
pub fn read(path: &Path) -> Result<String, Error> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(source) => Err(Error::File { path: path.to_owned(), source }),
    }
}

/// Writes the file as a whole or not at all. A link stays a link, and the
/// permissions stay as they are; a new file is for its owner alone.
///
/// # Errors
/// A folder or file that cannot be written; the old file stays.
pub fn save(path: &Path, text: &str) -> Result<(), Error> {
    replace(path, text).map_err(|source| Error::File { path: path.to_owned(), source })
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let target = target(path)?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder)?;
    }
    let mut name = target.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(name);
    let written = write(&part, text, &target).and_then(|()| fs::rename(&part, &target));
    if let Err(error) = written {
        // The name is ours alone, so nothing of anybody's is lost with it.
        let _ = fs::remove_file(&part);
        return Err(error);
    }
    // The new name is on the disk only when its folder is.
    #[cfg(unix)]
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(())
}

/// Returns the file that is meant at the end of links, even one that is not there yet.
fn target(path: &Path) -> io::Result<PathBuf> {
    const MOST_LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&target) {
            Ok(to) => target = target.parent().map_or_else(|| to.clone(), |at| at.join(&to)),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("the link leads in a circle"))
}

fn write(part: &Path, text: &str, target: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(part)?;
    if let Ok(known) = fs::metadata(target) {
        file.set_permissions(known.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
