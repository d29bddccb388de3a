//! A folder of files that are on disk for as long as the program works with them.

use std::io::Result;
use std::path::{Component, Path};

use cap_std::ambient_authority;
use cap_std::fs::Dir;

use super::Root;

/// A folder among the system's temporary ones, gone when this is.
#[derive(Debug)]
pub struct Scratch {
    folder: tempfile::TempDir,
    dir: Dir,
}

impl Scratch {
    /// An empty folder.
    ///
    /// # Errors
    /// The system gives none.
    pub fn new() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("gmg-export-").tempdir()?;
        let dir = Dir::open_ambient_dir(folder.path(), ambient_authority())?;
        Ok(Scratch { folder, dir })
    }

    /// Writes a file, with forward slashes in its path. What would lie outside of the folder is left out.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let path = Path::new(path);
        if !path
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
        {
            return Ok(());
        }
        if let Some(above) = path.parent() {
            self.dir.create_dir_all(above)?;
        }
        self.dir.write(path, bytes)
    }

    /// Makes a link, on systems that have them; one that leads out of the folder leads nowhere.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn link(&self, path: &str, target: &str) -> Result<()> {
        #[cfg(unix)]
        {
            let above = Path::new(path).parent();
            above.map_or(Ok(()), |above| self.dir.create_dir_all(above))?;
            self.dir.symlink_contents(target, path)
        }
        #[cfg(not(unix))]
        {
            let _ = (path, target);
            Ok(())
        }
    }

    /// The folder, to be read; `shown` is its path as the user knows it.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn root(&self, shown: &Path) -> Result<Root> {
        let dir = Dir::open_ambient_dir(self.folder.path(), ambient_authority())?;
        Ok(Root::of(dir, shown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_under_another_name_and_gone_afterwards() {
        let scratch = Scratch::new().unwrap();
        let path = scratch.folder.path().to_owned();
        scratch.write("a/b.yaml", b"x: 1").unwrap();
        scratch.write("../outside", b"no").unwrap();
        let root = scratch.root(Path::new("v1:report")).unwrap();
        assert_eq!(root.read("a/b.yaml", 9).unwrap(), b"x: 1");
        assert_eq!(root.display("a/b.yaml"), "v1:report/a/b.yaml");
        assert!(!path.parent().unwrap().join("outside").exists());
        drop(scratch);
        assert!(!path.exists());
    }
}
