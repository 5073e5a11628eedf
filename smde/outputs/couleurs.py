"""The authority's two colours, made readable on light and on dark grounds: the variables of the site's style sheet."""

import colorsys

CLAIR = {
    "fond": "#ffffff", "surface": "#f5f4f0", "encre": "#1c2126", "doux": "#525b64", "trait": "#d9d6cd",
    "vert": "#1b6b3a", "ambre": "#8a4b00", "rouge": "#9b1c2e",
}  # fmt: skip
SOMBRE = {
    "fond": "#12171d", "surface": "#1c242d", "encre": "#e9ebed", "doux": "#aab4be", "trait": "#39444f",
    "vert": "#7fd19b", "ambre": "#f0b25c", "rouge": "#f49aa5",
}  # fmt: skip


def _channels(couleur: str) -> tuple[float, float, float]:
    digits = couleur.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    return int(digits[:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:6], 16) / 255


def _luminance(couleur: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(couleur))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contraste(une: str, autre: str) -> float:
    """The contrast ratio of WCAG, from 1 to 21."""
    dark, light = sorted((_luminance(une), _luminance(autre)))
    return (light + 0.05) / (dark + 0.05)


def lisible(couleur: str, fond: str, rapport: float = 4.6) -> str:
    """The nearest shade that can be read on a ground: darker on a light one; lighter and calmer on a dark one."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(couleur))
    light_ground = _luminance(fond) > 0.18
    shade = couleur
    while contraste(shade, fond) < rapport and 0 <= lightness <= 1:
        lightness += -0.01 if light_ground else 0.01
        channels = colorsys.hls_to_rgb(hue, lightness, saturation if light_ground else min(saturation, 0.55))
        shade = "#" + "".join(f"{round(255 * min(1.0, max(0.0, channel))):02x}" for channel in channels)
    return shade


def _variables(ground: dict[str, str], couleur: str, accent: str) -> str:
    values = ground | {
        "couleur": lisible(couleur, ground["surface"], 6),
        "accent": lisible(accent, ground["surface"]),
        "bandeau": lisible(couleur, "#ffffff"),
    }
    return "".join(f"--{name}:{value};" for name, value in values.items())


def feuille(couleur: str, accent: str) -> str:
    """The style sheet that carries the identity; everything else is in site.css."""
    return (
        f":root,[data-md-color-scheme=default]{{{_variables(CLAIR, couleur, accent)}}}\n"
        f"[data-md-color-scheme=slate]{{{_variables(SOMBRE, couleur, accent)}}}\n"
        f"@media print{{[data-md-color-scheme=slate]{{{_variables(CLAIR, couleur, accent)}}}}}\n"
    )


def pictogramme(couleur: str, nom: str) -> str:
    """The small picture of the browser's tab: the initial of the authority on its colour."""
    initial = next((letter for letter in nom.upper() if letter.isalnum()), "S")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="10" fill="{lisible(couleur, "#ffffff")}"/>'
        '<text x="32" y="46" font-family="Georgia, serif" font-size="40" font-weight="700" fill="#fff" '
        f'text-anchor="middle">{initial}</text></svg>\n'
    )
