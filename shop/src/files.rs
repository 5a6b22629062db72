//! Bytes of goods and pictures, kept outside the database.
//!
//! A file is named by the hash of its bytes, so that storing it twice stores it once and a key
//! never means anything else later (pages may cache it for good). Pictures and goods are kept in
//! two places: no request for a picture can ever reach goods, whatever key it names.

use std::{io::Read, path::Path, sync::Arc};

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{ObjectStoreExt, WriteMultipart, local::LocalFileSystem, path::Path as Place};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{domain::FileKey, limits, store::StoreError};

type Result<T> = std::result::Result<T, StoreError>;

/// A stored file, read whole.
#[derive(Debug, Clone)]
pub struct StoredFile {
    /// Its key.
    pub key: FileKey,
    /// Its bytes.
    pub bytes: Bytes,
    /// Its media type.
    pub media_type: String,
}

/// A stored file, read in chunks: for goods that are too large to be held in memory.
pub struct FileStream {
    /// Its key.
    pub key: FileKey,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// Its media type.
    pub media_type: String,
    /// Its bytes, a chunk at a time.
    pub chunks: BoxStream<'static, std::io::Result<Bytes>>,
}

impl std::fmt::Debug for FileStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut f = f.debug_struct("FileStream");
        f.field("key", &self.key)
            .field("size_bytes", &self.size_bytes)
            .finish_non_exhaustive()
    }
}

/// What a file is for, which decides who can reach it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Anybody may see it.
    Pictures,
    /// Only those who bought it.
    Goods,
}

impl Shelf {
    const fn folder(self) -> &'static str {
        match self {
            Self::Pictures => "pictures",
            Self::Goods => "goods",
        }
    }

    const fn most_bytes(self) -> u64 {
        match self {
            Self::Pictures => limits::PICTURE_MOST_BYTES,
            Self::Goods => limits::GOODS_MOST_BYTES,
        }
    }
}

/// A file that was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its key.
    pub key: FileKey,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// Its media type, by its extension.
    pub media_type: String,
}

/// The folder of stored files.
#[derive(Clone)]
pub(crate) struct Files {
    store: Arc<LocalFileSystem>,
}

impl Files {
    /// Opens the folder, making it where it is missing.
    pub(crate) async fn open(folder: &Path) -> Result<Self> {
        for shelf in [Shelf::Pictures, Shelf::Goods] {
            let folder = folder.join(shelf.folder());
            let made = tokio::fs::create_dir_all(&folder).await;
            made.map_err(|error| failed(folder.display(), error))?;
        }
        let store = LocalFileSystem::new_with_prefix(folder);
        let store = store.map_err(|error| failed(folder.display(), error))?;
        // A file that is named in the database must be on the disk, as the database itself is.
        Ok(Self {
            store: Arc::new(store.with_fsync(true)),
        })
    }

    /// Stores a file from a path, in chunks. It must still be what [`identify`] saw.
    pub(crate) async fn keep(&self, shelf: Shelf, path: &Path, kept: &Kept) -> Result<()> {
        let place = place(shelf, &kept.key);
        match self.store.head(&place).await {
            Ok(there) if there.size == kept.size_bytes => return Ok(()),
            Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(failed(&kept.key, error)),
        }
        let mut file = open(path).await?;
        let upload = self.store.put_multipart(&place).await;
        let mut upload = WriteMultipart::new_with_chunk_size(
            upload.map_err(|error| failed(&place, error))?,
            limits::FILE_CHUNK_BYTES,
        );
        let mut hash = Sha256::new();
        let mut chunk = vec![0; limits::FILE_CHUNK_BYTES];
        loop {
            let read = file.read(&mut chunk).await;
            let read = read.map_err(|error| failed(path.display(), error))?;
            if read == 0 {
                break;
            }
            hash.update(&chunk[..read]);
            // No more than two chunks wait to be written: memory stays bounded.
            let room = upload.wait_for_capacity(2).await;
            room.map_err(|error| failed(&place, error))?;
            upload.write(&chunk[..read]);
        }
        if !kept.key.as_str().starts_with(&hex::encode(hash.finalize())) {
            upload
                .abort()
                .await
                .map_err(|error| failed(&place, error))?;
            return Err(failed(path.display(), "it changed while it was read"));
        }
        upload
            .finish()
            .await
            .map_err(|error| failed(&place, error))?;
        Ok(())
    }

    /// Copies a stored file to a path, in chunks.
    pub(crate) async fn copy_out(&self, shelf: Shelf, key: &FileKey, path: &Path) -> Result<()> {
        let Some(mut stored) = self.stream(shelf, key).await? else {
            return Err(failed(key, "it is missing"));
        };
        let file = tokio::fs::File::create(path).await;
        let mut file = file.map_err(|error| failed(path.display(), error))?;
        while let Some(chunk) = stored.chunks.next().await {
            let chunk = chunk.map_err(|error| failed(key, error))?;
            let written = file.write_all(&chunk).await;
            written.map_err(|error| failed(path.display(), error))?;
        }
        file.flush()
            .await
            .map_err(|error| failed(path.display(), error))
    }

    /// A file whole, if it is there.
    pub(crate) async fn whole(&self, shelf: Shelf, key: &FileKey) -> Result<Option<StoredFile>> {
        let found = match self.store.get(&place(shelf, key)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(failed(key, error)),
        };
        Ok(Some(StoredFile {
            key: key.clone(),
            bytes: found.bytes().await.map_err(|error| failed(key, error))?,
            media_type: media_type(key),
        }))
    }

    /// A file in chunks, if it is there.
    pub(crate) async fn stream(&self, shelf: Shelf, key: &FileKey) -> Result<Option<FileStream>> {
        let found = match self.store.get(&place(shelf, key)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(failed(key, error)),
        };
        Ok(Some(FileStream {
            key: key.clone(),
            size_bytes: found.meta.size,
            media_type: media_type(key),
            chunks: found.into_stream().map_err(std::io::Error::other).boxed(),
        }))
    }
}

fn place(shelf: Shelf, key: &FileKey) -> Place {
    Place::from_iter([shelf.folder(), key.as_str()])
}

fn media_type(key: &FileKey) -> String {
    let guess = mime_guess::from_path(key.as_str());
    guess.first_or_octet_stream().essence_str().to_owned()
}

/// The extension that a stored file keeps: short, lower case, letters and digits only.
fn extension(path: &Path) -> String {
    let found = path
        .extension()
        .map(|ext| ext.to_string_lossy().to_ascii_lowercase());
    let usable = |ext: &String| {
        (1..=10).contains(&ext.len()) && ext.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    found.filter(usable).unwrap_or_else(|| "bin".to_owned())
}

async fn open(path: &Path) -> Result<tokio::fs::File> {
    let opened = tokio::fs::File::open(path).await;
    opened.map_err(|error| failed(path.display(), error))
}

/// Why a file cannot be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unfit {
    /// A stable code.
    pub(crate) code: &'static str,
    /// The rest of a sentence that begins with the file's name.
    pub(crate) message: String,
}

/// What a file will be known as, from its bytes: read in chunks, kept nowhere. It blocks.
pub(crate) fn identify(shelf: Shelf, path: &Path) -> std::result::Result<Kept, Unfit> {
    let unfit = |code| {
        move |error: std::io::Error| Unfit {
            code,
            message: format!("cannot be read: {error}"),
        }
    };
    let mut file = std::fs::File::open(path).map_err(unfit("file_missing"))?;
    let (mut hash, mut size_bytes) = (Sha256::new(), 0_u64);
    let mut chunk = vec![0; limits::FILE_CHUNK_BYTES];
    loop {
        let read = file.read(&mut chunk).map_err(unfit("file_unreadable"))?;
        if read == 0 {
            break;
        }
        hash.update(&chunk[..read]);
        size_bytes += read as u64;
        if size_bytes > shelf.most_bytes() {
            let message = format!("is larger than {} bytes", shelf.most_bytes());
            return Err(Unfit {
                code: "file_too_large",
                message,
            });
        }
    }
    let key = format!("{}.{}", hex::encode(hash.finalize()), extension(path));
    let key: FileKey = key
        .parse()
        .map_err(|error: crate::domain::ids::BadId| Unfit {
            code: "file_unreadable",
            message: error.to_string(),
        })?;
    Ok(Kept {
        media_type: media_type(&key),
        key,
        size_bytes,
    })
}

fn failed(what: impl std::fmt::Display, error: impl std::fmt::Display) -> StoreError {
    StoreError::Files(format!("{what}: {error}"))
}
