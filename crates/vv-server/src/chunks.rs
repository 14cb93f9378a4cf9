//! The contents of sealed chunks: in a folder, or in a store that speaks S3.
//!
//! The names and sizes stand in the database (`store/`); a content without a name there is not given to anybody. A chunk is
//! durable before its name is written.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Place;
use object_store::{ObjectStore, ObjectStoreExt};
use vv_protocol::wire::hex;

use crate::store::{ChunkName, SpaceId};

/// Reports that the store for chunks did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ChunkError {
    /// It has no such chunk.
    #[error("the content of the chunk is not there")]
    Missing,
    /// It does not answer, or refuses. The text is the store's and names no person.
    #[error("the store for chunks does not answer: {0}")]
    Unavailable(String),
}

impl From<object_store::Error> for ChunkError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => Self::Unavailable(other.to_string()),
        }
    }
}

/// Keeps the contents of chunks.
#[derive(Clone)]
pub struct Chunks(Arc<dyn ObjectStore>);

impl Chunks {
    /// Keeps them in a folder, which is made where there is none.
    pub fn in_folder(folder: &Path) -> Result<Self, ChunkError> {
        std::fs::create_dir_all(folder).map_err(|error| ChunkError::Unavailable(error.to_string()))?;
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))))
    }

    /// Keeps them in a bucket `s3://bucket`. Endpoint, region and keys come from the variables that tools for S3 know:
    /// `AWS_ENDPOINT`, `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_ALLOW_HTTP`.
    pub fn in_bucket(address: &str) -> Result<Self, ChunkError> {
        Ok(Self(Arc::new(
            AmazonS3Builder::from_env().with_url(address).with_disable_bulk_delete(true).build()?,
        )))
    }

    /// Puts a chunk, durably.
    pub async fn put(&self, space: SpaceId, name: ChunkName, content: Bytes) -> Result<(), ChunkError> {
        self.0.put(&place(space, name), content.into()).await?;
        Ok(())
    }

    /// Says whether the content of a chunk is there.
    pub async fn has(&self, space: SpaceId, name: ChunkName) -> Result<bool, ChunkError> {
        match self.0.head(&place(space, name)).await.map_err(ChunkError::from) {
            Ok(_) => Ok(true),
            Err(ChunkError::Missing) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Gives a chunk or a part of it.
    pub async fn get(
        &self,
        space: SpaceId,
        name: ChunkName,
        range: Option<Range<u64>>,
    ) -> Result<Bytes, ChunkError> {
        let place = place(space, name);
        match range {
            Some(range) => Ok(self.0.get_range(&place, range).await?),
            None => Ok(self.0.get(&place).await?.bytes().await?),
        }
    }

    /// Removes a chunk; one that is not there is no error.
    pub async fn remove(&self, space: SpaceId, name: ChunkName) -> Result<(), ChunkError> {
        match self.0.delete(&place(space, name)).await.map_err(ChunkError::from) {
            Err(ChunkError::Missing) => Ok(()),
            other => other,
        }
    }
}

fn place(space: SpaceId, name: ChunkName) -> Place {
    let name = hex::to_text(&name);
    Place::from(format!("{}/{}/{name}", hex::to_text(&space), &name[..2]))
}
