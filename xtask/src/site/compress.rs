//! Brotli and gzip neighbours of every file, so that the server only hands out bytes.

use crate::{
    failure::{Done, OrSay},
    files,
    step::step,
};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use std::{
    io::Write,
    path::{Path, PathBuf},
    thread,
};

/// Kinds that are compressed already.
const PACKED: [&str; 9] = [
    "avif", "br", "gz", "jpg", "pdf", "png", "webp", "woff2", "zip",
];

/// Writes `file.br` and `file.gz` beside each file where that is smaller.
pub(crate) fn neighbours(site: &Path) -> Done {
    step("compression", |_| {
        let files: Vec<PathBuf> = files::under(site)
            .into_iter()
            .filter(|file| !is_packed(file))
            .collect();
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let share = files.len().div_ceil(workers).max(1);
        thread::scope(|scope| {
            let shares = files.chunks(share);
            let workers: Vec<_> = shares
                .map(|share| scope.spawn(|| share.iter().try_for_each(|file| compress(file))))
                .collect();
            workers.into_iter().try_for_each(|worker| {
                worker
                    .join()
                    .map_err(|_| "a worker stopped")
                    .or_say("Compressing failed")?
            })
        })?;
        Ok((format!("{} files, brotli 11 and gzip 9", files.len()), ()))
    })
}

fn is_packed(file: &Path) -> bool {
    file.extension()
        .is_some_and(|kind| PACKED.iter().any(|packed| kind == *packed))
}

fn compress(file: &Path) -> Done {
    let content = files::read(file)?;
    for (kind, packed) in [("br", brotli(&content)?), ("gz", gzip(&content)?)] {
        if packed.len() < content.len() {
            let mut name = file.as_os_str().to_owned();
            name.push(format!(".{kind}"));
            files::write(Path::new(&name), packed)?;
        }
    }
    Ok(())
}

/// Brotli at its best, which is also slowest.
pub(crate) fn brotli(content: &[u8]) -> Done<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut packed, &parameters).or_say("Brotli failed")?;
    Ok(packed)
}

fn gzip(content: &[u8]) -> Done<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).or_say("Gzip failed")?;
    encoder.finish().or_say("Gzip failed")
}
