//! Portraits that show nobody: an abstract face drawn from the personnel number.
//!
//! They are real images of 210×210 pixels and about 10 to 20 kB, the same for the same number,
//! and drawn only when they are read. As in a real tenant some workers have none, and some
//! images are PNG, not square, or damaged.

mod canvas;
mod face;
mod palette;

use bytes::Bytes;
use image::{
    DynamicImage, ExtendedColorType, ImageEncoder,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
    imageops,
};

/// Side of a portrait in pixels.
const SIDE: u32 = 210;

/// How a worker's portrait is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// There is none: Talent shows initials.
    None,
    Jpeg,
    /// PNG whose background is transparent.
    TransparentPng,
    /// A JPEG higher than wide.
    Upright,
    /// A JPEG that breaks off in the middle.
    Damaged,
}

impl Style {
    /// The style of the worker at `index` in the order of personnel numbers: every twentieth has
    /// no portrait; of each three hundred a few are PNG, one is upright and one damaged.
    pub(crate) fn of(index: usize) -> Self {
        match index % 300 {
            i if i % 20 == 19 => Self::None,
            36 | 136 | 236 => Self::TransparentPng,
            61 => Self::Upright,
            85 => Self::Damaged,
            _ => Self::Jpeg,
        }
    }
}

/// The image file of a worker's portrait; empty when the style is [`Style::None`].
pub(crate) fn draw(number: &str, style: Style) -> Bytes {
    let picture = || face::draw(number, SIDE, style != Style::TransparentPng);
    let file = match style {
        Style::None => Vec::new(),
        Style::Jpeg => jpeg(&picture()),
        Style::TransparentPng => png(&picture()),
        Style::Upright => jpeg(&picture().crop_imm(25, 0, 160, SIDE)),
        Style::Damaged => {
            let mut file = jpeg(&picture());
            file.truncate(file.len() / 2);
            file
        }
    };
    file.into()
}

fn jpeg(picture: &DynamicImage) -> Vec<u8> {
    let mut file = Vec::new();
    let rgb = picture.to_rgb8();
    // Writing to memory with matching dimensions does not fail; a failure shows as no image.
    let encoded = JpegEncoder::new_with_quality(&mut file, 94).write_image(
        &rgb,
        rgb.width(),
        rgb.height(),
        ExtendedColorType::Rgb8,
    );
    debug_assert!(encoded.is_ok(), "{encoded:?}");
    file
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut file = Vec::new();
    let rgba = picture.to_rgba8();
    let encoded = PngEncoder::new(&mut file).write_image(
        &rgba,
        rgba.width(),
        rgba.height(),
        ExtendedColorType::Rgba8,
    );
    debug_assert!(encoded.is_ok(), "{encoded:?}");
    file
}

/// The picture at a smaller size, edges smoothed.
fn reduced(picture: DynamicImage, side: u32) -> DynamicImage {
    picture.resize_exact(side, side, imageops::FilterType::Triangle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portrait_is_the_same_every_time_and_another_for_another_worker() {
        assert_eq!(draw("000001", Style::Jpeg), draw("000001", Style::Jpeg));
        assert_ne!(draw("000001", Style::Jpeg), draw("000002", Style::Jpeg));
    }

    #[test]
    fn portraits_are_real_jpegs_of_a_usual_size() {
        for number in ["000001", "000112", "000296", "123456"] {
            let file = draw(number, Style::Jpeg);
            let picture = image::load_from_memory(&file).unwrap();
            assert_eq!((picture.width(), picture.height()), (SIDE, SIDE));
            assert_eq!(
                image::guess_format(&file).unwrap(),
                image::ImageFormat::Jpeg
            );
            let size = file.len();
            assert!(
                (8_000..24_000).contains(&size),
                "{number}: expected 10-20 kB, was {size}"
            );
        }
    }

    #[test]
    fn the_odd_ones_are_odd() {
        let png = image::load_from_memory(&draw("000037", Style::TransparentPng)).unwrap();
        assert_eq!(
            png.to_rgba8().get_pixel(0, 0)[3],
            0,
            "the corner is transparent"
        );
        let upright = image::load_from_memory(&draw("000062", Style::Upright)).unwrap();
        assert!(upright.height() > upright.width());
        assert!(draw("000020", Style::None).is_empty());
        let damaged = draw("000086", Style::Damaged);
        assert_eq!(
            image::guess_format(&damaged).unwrap(),
            image::ImageFormat::Jpeg
        );
        let whole = draw("000086", Style::Jpeg);
        assert!(
            damaged.len() < whole.len() && whole.starts_with(&damaged),
            "it breaks off"
        );
    }

    #[test]
    fn every_twentieth_worker_has_none() {
        let styles: Vec<Style> = (0..300).map(Style::of).collect();
        let count = |style| styles.iter().filter(|s| **s == style).count();
        assert_eq!(count(Style::None), 15);
        assert_eq!(count(Style::TransparentPng), 3);
        assert_eq!((count(Style::Upright), count(Style::Damaged)), (1, 1));
    }
}
