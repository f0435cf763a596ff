//! The face: background, shoulders, head, hair, eyes and a friendly mouth.

use image::DynamicImage;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{
    canvas::{Canvas, Ellipse},
    palette::{Colour, Palette, shade},
};

/// Measures of one face, in units of the picture's side.
struct Shape {
    head: Ellipse,
    eye_distance: f32,
    eye: f32,
    hair: Hair,
    hairline: f32,
    smile: f32,
    glasses: bool,
    beard: bool,
}

#[derive(Clone, Copy)]
enum Hair {
    Short,
    Long,
    Bun,
    Curls,
    Bald,
    Scarf,
}

impl Shape {
    fn choose(rng: &mut impl Rng) -> Self {
        let hair = match rng.random_range(0..12) {
            0..4 => Hair::Short,
            4..7 => Hair::Long,
            7 => Hair::Bun,
            8 | 9 => Hair::Curls,
            10 => Hair::Bald,
            _ => Hair::Scarf,
        };
        Self {
            head: Ellipse {
                x: 0.5,
                y: rng.random_range(0.44..0.47),
                rx: rng.random_range(0.185..0.225),
                ry: rng.random_range(0.235..0.27),
            },
            eye_distance: rng.random_range(0.075..0.095),
            eye: rng.random_range(0.017..0.022),
            hair,
            hairline: rng.random_range(0.07..0.12),
            smile: rng.random_range(0.05..0.085),
            glasses: rng.random_bool(0.25),
            beard: matches!(hair, Hair::Short | Hair::Bald) && rng.random_bool(0.4),
        }
    }
}

/// Draws the portrait of a personnel number.
pub(super) fn draw(number: &str, side: u32, with_background: bool) -> DynamicImage {
    // FNV-1a: the same number gives the same face in every version and on every machine.
    let seed = number
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let palette = Palette::choose(&mut rng);
    let shape = Shape::choose(&mut rng);
    let mut canvas = Canvas::new(side);
    if with_background {
        let colour = palette.background;
        canvas.background(|x, y| shade(colour, 1.08 - 0.22 * y - 0.25 * (x - 0.5).powi(2)));
    }
    hair_behind(&mut canvas, &shape, palette.hair, palette.shirt);
    body(&mut canvas, &shape, &palette);
    head(&mut canvas, &shape, palette.skin);
    if shape.beard {
        beard(&mut canvas, &shape, palette.hair);
    }
    features(&mut canvas, &shape, palette.skin);
    hair_before(&mut canvas, &shape, palette.hair, palette.shirt);
    canvas.grain(7.0, || rng.random_range(-1.0..1.0));
    canvas.finish()
}

fn body(canvas: &mut Canvas, shape: &Shape, palette: &Palette) {
    let neck = shade(palette.skin, 0.86);
    let (left, right) = (0.5 - shape.head.rx * 0.42, 0.5 + shape.head.rx * 0.42);
    let shoulders = Ellipse {
        x: 0.5,
        y: 1.04,
        rx: 0.38,
        ry: 0.30,
    };
    let shirt = palette.shirt;
    canvas.fill(
        shoulders,
        |_, _| true,
        |x, y| shade(shirt, 1.12 - 0.35 * (y - 0.74) - 0.2 * (x - 0.45).abs()),
    );
    canvas.fill(
        Ellipse::circle(0.5, 0.685, 0.2),
        |x, y| (left..right).contains(&x) && (0.6..0.77).contains(&y),
        |_, _| neck,
    );
    canvas.ellipse(
        Ellipse {
            x: 0.5,
            y: 0.77,
            rx: shape.head.rx * 0.42,
            ry: 0.045,
        },
        neck,
    );
}

fn head(canvas: &mut Canvas, shape: &Shape, skin: Colour) {
    let head = shape.head;
    for side in [-1.0, 1.0] {
        canvas.ellipse(
            Ellipse {
                x: head.x + side * head.rx,
                y: head.y + 0.02,
                rx: 0.03,
                ry: 0.05,
            },
            shade(skin, 0.9),
        );
    }
    canvas.fill(
        head,
        |_, _| true,
        |x, y| {
            shade(
                skin,
                1.04 - 0.12 * head.distance(x, y).powi(3) - 0.06 * (x - 0.5),
            )
        },
    );
}

fn features(canvas: &mut Canvas, shape: &Shape, skin: Colour) {
    let (head, dark) = (shape.head, [46, 40, 40]);
    // On a dark skin eyes and mouth need lighter colours to be seen at 32 pixels.
    let deep = skin.iter().map(|channel| u32::from(*channel)).sum::<u32>() < 400;
    let eyes = head.y - 0.005;
    for side in [-1.0, 1.0] {
        let x = 0.5 + side * shape.eye_distance;
        if deep {
            let white = Ellipse {
                x,
                y: eyes,
                rx: shape.eye * 1.75,
                ry: shape.eye * 1.25,
            };
            canvas.ellipse(white, [236, 230, 222]);
        }
        canvas.ellipse(Ellipse::circle(x, eyes, shape.eye), dark);
        canvas.ellipse(
            Ellipse::circle(x + 0.006, eyes - 0.006, shape.eye * 0.32),
            [250, 250, 250],
        );
        canvas.ellipse(
            Ellipse {
                x,
                y: eyes - 0.055,
                rx: 0.036,
                ry: 0.007,
            },
            shade(skin, 0.5),
        );
        canvas.ellipse(
            Ellipse {
                x: 0.5 + side * 0.125,
                y: eyes + 0.075,
                rx: 0.034,
                ry: 0.022,
            },
            shade(skin, 0.95),
        );
        if shape.glasses {
            let (outer, inner) = (
                Ellipse::circle(x, eyes, 0.058),
                Ellipse::circle(x, eyes, 0.048),
            );
            canvas.fill(outer, |x, y| !inner.holds(x, y), |_, _| dark);
        }
    }
    if shape.glasses {
        let reach = (shape.eye_distance - 0.05).max(0.012);
        canvas.fill(
            Ellipse::circle(0.5, eyes, 0.06),
            |x, y| (x - 0.5).abs() < reach && (y - eyes).abs() < 0.006,
            |_, _| dark,
        );
    }
    canvas.ellipse(
        Ellipse {
            x: 0.5,
            y: head.y + 0.065,
            rx: 0.02,
            ry: 0.014,
        },
        shade(skin, 0.85),
    );
    // A smile: the part of one ellipse below another.
    let mouth = Ellipse {
        x: 0.5,
        y: head.y + 0.125,
        rx: shape.smile,
        ry: 0.045,
    };
    let above = Ellipse {
        y: mouth.y - 0.028,
        rx: mouth.rx * 1.15,
        ..mouth
    };
    let lips = if deep { [222, 128, 116] } else { [150, 62, 62] };
    canvas.fill(mouth, |x, y| !above.holds(x, y), |_, _| lips);
}

fn beard(canvas: &mut Canvas, shape: &Shape, hair: Colour) {
    let head = shape.head;
    let free = Ellipse {
        y: head.y - 0.05,
        rx: head.rx * 0.86,
        ry: head.ry * 0.86,
        ..head
    };
    canvas.fill(
        head,
        |x, y| y > head.y + 0.03 && !free.holds(x, y),
        |x, _| shade(hair, 1.0 + 0.2 * (0.5 - x)),
    );
}

fn hair_behind(canvas: &mut Canvas, shape: &Shape, hair: Colour, scarf: Colour) {
    let head = shape.head;
    let around = |by: f32, down: f32| Ellipse {
        y: head.y + down,
        rx: head.rx + by,
        ry: head.ry + by,
        ..head
    };
    match shape.hair {
        Hair::Long => {
            let long = Ellipse {
                y: head.y + 0.13,
                rx: head.rx + 0.07,
                ry: head.ry + 0.15,
                ..head
            };
            canvas.fill(long, |_, y| y < 0.86, |_, y| shade(hair, 1.0 - 0.25 * y));
        }
        Hair::Curls => {
            for step in 0..14_u8 {
                let angle = std::f32::consts::PI * (0.85 + 1.3 * f32::from(step) / 13.0);
                let (x, y) = (
                    head.x + angle.cos() * (head.rx + 0.03),
                    head.y + angle.sin() * (head.ry + 0.02),
                );
                canvas.ellipse(
                    Ellipse::circle(x, y, 0.075),
                    shade(hair, 0.92 + 0.012 * f32::from(step)),
                );
            }
        }
        Hair::Bun => canvas.ellipse(
            Ellipse::circle(0.5, head.y - head.ry - 0.04, 0.085),
            shade(hair, 0.9),
        ),
        Hair::Scarf => canvas.ellipse(around(0.065, 0.03), shade(scarf, 1.1)),
        Hair::Short | Hair::Bald => {}
    }
}

fn hair_before(canvas: &mut Canvas, shape: &Shape, hair: Colour, scarf: Colour) {
    let head = shape.head;
    let crown = Ellipse {
        rx: head.rx + 0.018,
        ry: head.ry + 0.02,
        ..head
    };
    // What stays free of hair: a face that begins below the hairline.
    let face = Ellipse {
        x: head.x + 0.018,
        y: head.y + shape.hairline + 0.04,
        rx: head.rx * 1.02,
        ry: head.ry + 0.02,
    };
    let colour = match shape.hair {
        Hair::Bald => return,
        Hair::Scarf => shade(scarf, 1.1),
        _ => hair,
    };
    canvas.fill(
        crown,
        |x, y| !face.holds(x, y) && y < head.y + 0.06,
        |x, y| shade(colour, 1.12 - 0.3 * (y - 0.2) - 0.15 * (x - 0.4).abs()),
    );
}
