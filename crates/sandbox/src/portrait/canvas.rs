//! A canvas in units of one: (0, 0) is the upper left corner, (1, 1) the lower right one.

use image::{DynamicImage, Rgba, RgbaImage};

use super::palette::Colour;

/// Drawn at twice the size and reduced at the end, so that edges are smooth.
const OVERSAMPLING: u32 = 2;

pub(super) struct Canvas {
    pixels: RgbaImage,
    side: u32,
}

/// An ellipse by its centre and half axes.
#[derive(Clone, Copy)]
pub(super) struct Ellipse {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) rx: f32,
    pub(super) ry: f32,
}

impl Ellipse {
    pub(super) fn circle(x: f32, y: f32, r: f32) -> Self {
        Self { x, y, rx: r, ry: r }
    }

    /// 0 in the centre, 1 on the edge.
    pub(super) fn distance(&self, x: f32, y: f32) -> f32 {
        ((x - self.x) / self.rx).hypot((y - self.y) / self.ry)
    }

    pub(super) fn holds(&self, x: f32, y: f32) -> bool {
        self.distance(x, y) <= 1.0
    }
}

impl Canvas {
    /// An empty, transparent canvas.
    pub(super) fn new(side: u32) -> Self {
        Self {
            pixels: RgbaImage::new(side * OVERSAMPLING, side * OVERSAMPLING),
            side,
        }
    }

    /// Paints everything, with the colour `paint` gives for the place.
    pub(super) fn background(&mut self, paint: impl Fn(f32, f32) -> Colour) {
        self.fill(Ellipse::circle(0.5, 0.5, 1.0), |_, _| true, paint);
    }

    /// Paints the places in `shape` where `also` holds, with the colour `paint` gives for them.
    pub(super) fn fill(
        &mut self,
        shape: Ellipse,
        also: impl Fn(f32, f32) -> bool,
        paint: impl Fn(f32, f32) -> Colour,
    ) {
        let side = self.side * OVERSAMPLING;
        let scale = side as f32;
        // A negative number becomes 0 in the conversion.
        let pixels = |from: f32, to: f32| (from * scale) as u32..side.min((to * scale) as u32 + 1);
        for py in pixels(shape.y - shape.ry, shape.y + shape.ry) {
            for px in pixels(shape.x - shape.rx, shape.x + shape.rx) {
                let (x, y) = ((px as f32 + 0.5) / scale, (py as f32 + 0.5) / scale);
                if shape.holds(x, y) && also(x, y) {
                    let [r, g, b] = paint(x, y);
                    self.pixels.put_pixel(px, py, Rgba([r, g, b, 255]));
                }
            }
        }
    }

    /// Paints an ellipse in one colour.
    pub(super) fn ellipse(&mut self, shape: Ellipse, colour: Colour) {
        self.fill(shape, |_, _| true, |_, _| colour);
    }

    /// Lets every painted pixel differ a little, as a camera's picture does; `noise` gives -1 to 1.
    pub(super) fn grain(&mut self, amount: f32, mut noise: impl FnMut() -> f32) {
        for pixel in self.pixels.pixels_mut().filter(|pixel| pixel[3] > 0) {
            let change = noise() * amount;
            for channel in &mut pixel.0[..3] {
                *channel = (f32::from(*channel) + change).clamp(0.0, 255.0) as u8;
            }
        }
    }

    /// The picture at its proper size.
    pub(super) fn finish(self) -> DynamicImage {
        super::reduced(self.pixels.into(), self.side)
    }
}
