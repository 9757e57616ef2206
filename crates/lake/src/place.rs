//! Where a lake lies.

use std::path::Path as FilePath;
use std::sync::Arc;

use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use url::Url;

use crate::LakeError;

/// The schemes of storages: a folder, Amazon S3 and what speaks like it, Google Cloud Storage, Azure.
const STORAGES: [&str; 8] = ["file", "s3", "s3a", "gs", "az", "adl", "abfs", "abfss"];

/// Where a lake lies: a storage, and the place in it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The whole storage.
    pub store: Arc<dyn ObjectStore>,
    /// The lake's root.
    pub url: Url,
    root: Path,
}

impl Place {
    /// A place as people write it: a folder's path, or the URL of a folder on a storage.
    ///
    /// # Errors
    /// If it is none.
    pub fn of(written: &str) -> Result<Place, LakeError> {
        let wrong = |reason: String| LakeError::Place { url: written.to_owned(), reason };
        match Url::parse(written) {
            // A Windows drive looks like a scheme of one letter.
            Ok(url) if 1 < url.scheme().len() => {
                if !STORAGES.contains(&url.scheme()) {
                    return Err(wrong(format!("lakes lie in folders, or at {}", STORAGES.join("://, ") + "://")));
                }
                let (store, root) =
                    object_store::parse_url_opts(&url, said()).map_err(|error| wrong(error.to_string()))?;
                crate::table::know(&url);
                Ok(Place { store: Arc::from(store), url: folder(url), root })
            }
            _ => {
                let absolute = std::path::absolute(FilePath::new(written)).map_err(|error| wrong(error.to_string()))?;
                let url = Url::from_directory_path(&absolute).map_err(|()| wrong("it is no path".to_owned()))?;
                let root = Path::from_absolute_path(&absolute).map_err(|error| wrong(error.to_string()))?;
                Ok(Place { store: Arc::new(LocalFileSystem::new()), url, root })
            }
        }
    }

    /// A path in the storage, from one in the lake.
    pub fn path(&self, within: &str) -> Path {
        let parts = self.root.parts().map(|part| part.as_ref().to_owned());
        Path::from_iter(parts.chain(within.split('/').filter(|part| !part.is_empty()).map(str::to_owned)))
    }

    /// The URL of a table's folder.
    pub fn table(&self, name: &str) -> Url {
        self.url.join(&format!("{name}/")).expect("a table's name is a folder's")
    }

    /// The folder on this machine, where it is one.
    pub fn folder(&self) -> Option<std::path::PathBuf> {
        self.url.to_file_path().ok()
    }
}

/// What the environment says of storages: keys, regions and the like, under the names that the storages' own tools give them.
fn said() -> impl Iterator<Item = (String, String)> {
    let all =
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    all.filter(|(name, _)| ["AWS_", "GOOGLE_", "AZURE_"].iter().any(|of| name.starts_with(of)))
}

/// The URL of a folder ends with a slash.
fn folder(mut url: Url) -> Url {
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    url
}
