"""The versions published, as a terminal shows them."""

from smde.ecriture import accord, en_octets, periode, typographie
from smde.publication.registre import Registre

SUITE = "    "


def texte(registre: Registre) -> str:
    """One paragraph a version, the most recent first."""
    versions = registre.recentes()
    if not versions:
        return "Aucune version n'est encore publiée ici.\n"
    lines = [f"{accord(len(versions), 'version publiée', 'versions publiées')}, de la plus récente à la plus ancienne"]
    for one in versions:
        title = f" – {one.titre}" if one.titre != one.version else ""
        names = ", ".join(registre.noms_de(one.version))
        lines.append(f"  {one.version}{title}{f' [{names}]' if names else ''}")
        size = f"{accord(one.fichiers, 'fichier')}, {en_octets(one.octets)}"
        lines.append(f"{SUITE}{periode(one.date)} ; {one.statut} ; {size}")
        said = [one.instance, one.seance, one.decision]
        lines += [f"{SUITE}{' ; '.join(filter(None, said))}"] if any(said) else []
        if one.depuis:
            lines.append(f"{SUITE}depuis {one.depuis} : {' '.join(one.resume)}")
        lines.append(f"{SUITE}sha256 {one.empreinte}")
    return typographie("\n".join(lines)) + "\n"
