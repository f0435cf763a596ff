//! The still that stands for every video: a quiet surface with a triangle.

use std::io::Cursor;
use std::sync::LazyLock;

use image::{ImageFormat, Rgb, RgbImage};

static STILL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let (width, height) = (320_u32, 180_u32);
    let picture = RgbImage::from_fn(width, height, |x, y| {
        // A triangle pointing right, 48 wide and 56 high, in the middle.
        let (x, y) = (i64::from(x) - 138, (i64::from(y) - 90).abs());
        if (0..48).contains(&x) && y * 48 <= 28 * (48 - x) {
            Rgb([244, 244, 246])
        } else {
            Rgb([92, 96, 110])
        }
    });
    let mut out = Cursor::new(Vec::new());
    if let Err(error) = picture.write_to(&mut out, ImageFormat::Jpeg) {
        tracing::error!(%error, "the still of videos cannot be drawn");
    }
    out.into_inner()
});

pub(super) fn of_a_video() -> &'static [u8] {
    &STILL
}
