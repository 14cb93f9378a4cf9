//! A link as a picture that another device reads.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// Draws a QR code as SVG, black on white as every reader takes it; none when the text is too long for one.
pub(crate) fn draw_qr(text: &str) -> Option<String> {
    // The lowest level of correction makes the fewest and largest squares, and a screen has no scratches.
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    Some(
        code.render::<svg::Color>()
            .min_dimensions(240, 240)
            .dark_color(svg::Color("#000"))
            .light_color(svg::Color("#fff"))
            .build(),
    )
}
