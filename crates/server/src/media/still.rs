use image::{DynamicImage, Rgb, RgbImage};

use super::{MediaError, photo};

/// The thumbnail of a video: a calm ground with a play sign. No frame is decoded; the card plays the video itself.
pub(super) fn still() -> Result<Vec<u8>, MediaError> {
    const WIDTH: u32 = 320;
    const HEIGHT: u32 = 240;
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let (x, y) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
        let (dx, dy) = (x - f64::from(WIDTH) / 2.0, y - f64::from(HEIGHT) / 2.0);
        let in_triangle = dx > -14.0 && dx < 22.0 && dy.abs() < (22.0 - dx) * 0.6;
        let in_disc = dx.hypot(dy) < 44.0;
        if in_triangle && in_disc {
            Rgb([255, 255, 255])
        } else if in_disc {
            Rgb([72, 84, 110])
        } else {
            Rgb([42, 50, 68])
        }
    });
    photo::to_jpeg(&DynamicImage::ImageRgb8(picture))
}
