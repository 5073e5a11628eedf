"""The schematic map: tiles set roughly where the territories are."""

from collections.abc import Sequence

from smde.arbre import Figure
from smde.ecriture import nombre, typographie
from smde.figures.trait import SOFT, TEXT, WIDTH, dessin, teinte, texte, wrapped
from smde.model.identite import Couleurs
from smde.model.mesures import Territoire


def carte(territoires: Sequence[Territoire], couleurs: Couleurs) -> Figure:
    """Territories as tiles set roughly where they are, north at the top; the more people, the darker the tile.

    Numbers of several years, or of several kinds of territories, are not drawn together: the map then shows none.
    """
    comparable = len({(t.millesime, t.type) for t in territoires if t.tuile and t.population is not None}) < 2
    shown = [t if comparable else t.model_copy(update={"population": None, "millesime": None}) for t in territoires]
    placed = [(territoire, territoire.tuile) for territoire in shown if territoire.tuile is not None]
    columns = 1 + max(tuile.x for _, tuile in placed)
    rows = 1 + max(tuile.y for _, tuile in placed)
    gap, high = 8, 104
    side = min(224.0, (WIDTH + gap) / columns - gap)
    most = max((territoire.population or 0 for territoire, _ in placed), default=0) or 1
    parts = []
    for territoire, tuile in placed:
        x, y = tuile.x * (side + gap), tuile.y * (high + gap)
        fill, ink = teinte(couleurs.principale, (territoire.population or 0) / most)
        parts.append(
            f'<rect x="{x + 1:.1f}" y="{y + 1:.1f}" width="{side - 2:.1f}" height="{high - 2}" rx="5" fill="{fill}" '
            f'stroke="{couleurs.principale}"/>'
        )
        lines = wrapped(typographie(territoire.titre), int(side / (0.55 * TEXT)))
        lines += [f"{nombre(territoire.population)} hab."] if territoire.population is not None else []
        for index, line in enumerate(lines):
            people = territoire.population is not None and index == len(lines) - 1
            level = y + high / 2 + 6 + 20 * (index - (len(lines) - 1) / 2) + (3 if people else -2)
            parts.append(texte(x + side / 2, level, line, TEXT, "middle", ink, 400 if people else 600))
    vintages = sorted({territoire.millesime for territoire, _ in placed if territoire.millesime})
    title = "Carte schématique, sans échelle, nord en haut" + (
        f" (population {', '.join(vintages)})" if vintages else ""
    )
    width, height = columns * (side + gap) - gap, rows * (high + gap) - gap
    if not comparable:
        title += " ; populations non montrées, faute d'être de la même année et du même genre"
    elif any(territoire.population is not None for territoire, _ in placed):
        words = "Plus une tuile est foncée, plus elle compte d'habitants."
        parts.append(texte(0, height + 22, typographie(words), fill=SOFT))
        height += 28
    return Figure(
        "carte-territoires",
        dessin(width, height, parts),
        typographie(title),
        typographie(f"{title}. {_listed(placed)}."),
    )


def _listed(placed: Sequence[tuple[Territoire, object]]) -> str:
    return " ; ".join(
        f"{territoire.titre} : {nombre(territoire.population)} habitants"
        if territoire.population is not None
        else territoire.titre
        for territoire, _ in placed
    )
