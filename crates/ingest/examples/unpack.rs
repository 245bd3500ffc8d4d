//! Counts what files hold: `cargo run --release -p recoup-ingest --example unpack FILE…`

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::time::Instant;

use recoup_ingest::{Input, Limits, Piece, unpack};
use recoup_model::Sidecar;

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let (mut articles, mut bytes, mut others) = (0_u64, 0_u64, 0_u64);
        let input = Input {
            origin: &path,
            name: &path,
            sidecar: &Sidecar::default(),
            media_type: None,
            fields: None,
            seekable: Some(Box::new(File::open(&path)?)),
        };
        let start = Instant::now();
        unpack(input, &mut BufReader::new(File::open(&path)?), &Limits::default(), &mut |piece| {
            match piece {
                Piece::Article(article) => {
                    articles += 1;
                    bytes += article.bytes.len() as u64;
                }
                Piece::SetAside(aside) => {
                    others += 1;
                    println!("{}: {} ({})", aside.origin, aside.reason, aside.code);
                }
                Piece::Remark(remark) => println!("{path}: {}", remark.message),
            }
            ControlFlow::Continue(())
        });
        let seconds = start.elapsed().as_secs_f64();
        println!("{path}: {articles} articles of {bytes} bytes, {others} set aside, {seconds:.2} s");
    }
    Ok(())
}
