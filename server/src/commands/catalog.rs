//! `starfront catalog import FILE` and `export FOLDER`.

use std::fmt::Write;

use shop::catalogue_file;

use super::{CommandError, open_shop, say};
use crate::cli::Catalog;

pub(super) async fn run(action: Catalog) -> Result<(), CommandError> {
    let shop = open_shop().await?;
    match action {
        Catalog::Import { file } => {
            let summary = catalogue_file::import(&shop, &file)
                .await
                .map_err(|complaints| {
                    let mut text = "the catalogue was not imported, nothing has changed".to_owned();
                    for complaint in complaints {
                        let _ = write!(text, "\n  {complaint}");
                    }
                    CommandError::Told(text)
                })?;
            say(&summary.to_string());
        }
        Catalog::Export { folder } => {
            catalogue_file::export(&shop, &folder).await?;
            say(&format!("The catalogue is in {}.", folder.display()));
        }
    }
    Ok(())
}
