//! Files of messages, for the window.

use axum::extract::{Path, State};
use axum::response::Response;

use super::error::{Failure, Problem};
use crate::front;
use crate::sandbox::Shared;

/// A file's content by its `file_id`.
#[utoipa::path(get, path = "/files/{file_id}",
    params(("file_id" = String, Path, description = "Of a photo or a document")),
    responses((status = 200, description = "The content", content_type = "application/octet-stream"),
              (status = 404, body = Problem)))]
pub async fn show(
    State(sandbox): State<Shared>,
    Path(file_id): Path<String>,
) -> Result<Response, Failure> {
    let state = sandbox.state();
    let missing = || Failure::not_found("file_not_found", "There is no file with this id.");
    state
        .files
        .get(&file_id)
        .map(front::files::send)
        .ok_or_else(missing)
}
