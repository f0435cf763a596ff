//! Calm colours that stand on light and on dark.

use rand::{Rng, seq::IndexedRandom};

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

/// The colours of one portrait.
pub(super) struct Palette {
    pub(super) background: Colour,
    pub(super) skin: Colour,
    pub(super) hair: Colour,
    pub(super) shirt: Colour,
}

const BACKGROUNDS: &[Colour] = &[
    [143, 176, 196],
    [171, 190, 160],
    [204, 178, 158],
    [176, 166, 201],
    [152, 188, 180],
    [208, 190, 146],
    [190, 162, 172],
    [146, 164, 190],
    [182, 196, 176],
    [170, 152, 140],
];
const SKINS: &[Colour] = &[
    [246, 215, 190],
    [236, 194, 160],
    [222, 172, 134],
    [198, 142, 104],
    [164, 112, 78],
    [128, 86, 60],
    [98, 66, 48],
];
const HAIRS: &[Colour] = &[
    [44, 36, 34],
    [76, 52, 40],
    [112, 76, 50],
    [158, 112, 66],
    [206, 170, 110],
    [150, 72, 48],
    [168, 168, 172],
    [226, 224, 220],
    [60, 62, 78],
];
const SHIRTS: &[Colour] = &[
    [52, 86, 124],
    [98, 116, 84],
    [148, 84, 72],
    [92, 78, 124],
    [58, 110, 112],
    [170, 126, 66],
    [70, 74, 86],
    [138, 92, 112],
    [230, 226, 216],
];

impl Palette {
    pub(super) fn choose(rng: &mut impl Rng) -> Self {
        Self {
            background: pick(rng, BACKGROUNDS),
            skin: pick(rng, SKINS),
            hair: pick(rng, HAIRS),
            shirt: pick(rng, SHIRTS),
        }
    }
}

fn pick(rng: &mut impl Rng, colours: &[Colour]) -> Colour {
    colours.choose(rng).copied().unwrap_or([128, 128, 128])
}

/// The colour, darker (`factor` under 1) or lighter.
pub(super) fn shade(colour: Colour, factor: f32) -> Colour {
    colour.map(|channel| (f32::from(channel) * factor).clamp(0.0, 255.0) as u8)
}
