"""The dossier of Valmer with something hostile typed in every text of the model, and its harmless twin."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any, NamedTuple

import yaml

from smde.model.champ import INTERNE, Partie
from smde.model.element import Element
from smde.model.plan import Champ, champs
from smde.model.rubriques import RUBRIQUES, Rubrique
from smde.series import ENTETE
from tests.conftest import VALMER, lire
from tests.generation import Donnees, Fichiers, Plume

ATTAQUES = {
    "script": "<script>window.touche='script'</script>",
    "image": "<img src=x onerror=\"window.touche='img'\">",
    "svg": "<svg/onload=window.touche='svg'><a xlink:href=javascript:window.touche=1>",
    "cadre": "<iframe srcdoc=\"<script>parent.touche='cadre'</script>\"></iframe>",
    "fermetures": "</style></title></textarea></script><body onload=window.touche='corps'>",
    "attribut": "\" onmouseover=\"window.touche='attribut'\" x='",
    "jinja": "{{ 7*7 }} {% include 'mkdocs.yml' %} {# rien #}",
    "jinja-code": "{{ ''.__class__.__mro__ }} {%- raw -%} {{ config.docs_dir }}",
    "attributs": "friches{: onclick=alert(1) } {.rouge #ici onclick=alert(2)}",
    "inclusion": '--8<-- "mkdocs.yml" ;--8<-- {! mkdocs.yml !}',
    "pandoc": "`<b>x</b>`{=html} `<w:br/>`{=openxml} `#panic()`{=typst} :::{.note} @cite ^[note]",
    "latex": "\\input{/etc/passwd} $\\alpha$ \\begin{document}",
    "typst": '#include "secret.typ" #eval("1+1") #panic("fait") #sys.version $x^2$ @ref <ici>',
    "typst-ligne": "= Titre /* rien */ // rien ~ #{1+1} #[x]",
    "entites": "]]> &lt;b&gt; &amp;amp; &#x3C;script&#62; &nbsp;",
    "commentaire": "<!-- caché --> <?php echo 1 ?> <![CDATA[x]]>",
    "lien": "[clic](javascript:window.touche='lien')",
    "lien-code": "[clic](JaVaScRiPt&colon;window.touche=1) [clic](//attaquant.example)",
    "lien-donnees": "[clic](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "pixel": "![pixel](https://attaquant.example/pixel.png)",
    "autolien": "<javascript:window.touche=2> <https://attaquant.example/>",
    "definition": "[clic]: javascript:window.touche=3",
    "blocs": "# Titre | a | b | ~~~ ``` > cité",
    "macro": "[TOC] [^1] ==surligné== ++ctrl++ :smile: ~~rayé~~ *[SMDE]: sigle",
    "reference": "[[pas-une-reference [[]] ]] [x][y] [z]",
    "formule": "=CMD|'/c calc'!A0",
    "word": "</w:t></w:r><w:fldSimple w:instr=\"INCLUDETEXT secret\"/>",
    "chemin": "../../etc/passwd%00 ${HOME} $(id) `id` %PATH% ~/.ssh",
    "long": "anticonstitutionnellement" * 8,
}  # fmt: skip
"""What may be typed on one line, in a plain line as in a text. The last one is only hard to print."""
BENIN = "les friches du port"
_PAR_TEXTE = 5
"""Attacks in one text, a paragraph each."""
_ECHAPPE = re.compile(r"\\([!-/:-@\[-`{-~])")


class Pose(NamedTuple):
    """Something hostile, and the word found nowhere else that ends it."""

    repere: str
    attaque: str
    champ: str
    """`Classe.champ`."""
    texte: bool
    """Whether the field is a text, in which a stroke before a sign is not printed."""

    @property
    def ecrit(self) -> str:
        """What was typed."""
        return f"{ATTAQUES[self.attaque]} {self.repere}"

    @property
    def lu(self) -> str:
        """What a reader must read."""
        return _ECHAPPE.sub(r"\1", self.ecrit) if self.texte else self.ecrit


@dataclass
class Poison:
    """Types the attacks, in turn, in whatever text it meets; what has no text yet is drawn first."""

    elements: list[tuple[str, Rubrique, Donnees]] = field(default_factory=list)
    autres: Fichiers = field(default_factory=dict)
    poses: list[Pose] = field(default_factory=list)
    _plume: Plume = field(default_factory=lambda: Plume(7))
    _pool: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the dossier of Valmer and poison it."""
        tour = cycle(ATTAQUES)
        self._suivantes = lambda count: islice(tour, count)
        for path, content in lire(VALMER).items():
            assert isinstance(content, str)
            for rubrique, data in _elements(path, content):
                self.elements.append((path, rubrique, data))
                self._pool.setdefault(rubrique.classe.genre, []).append(data["id"])
            if not path.endswith(".yml"):
                self.autres[path] = content
        seen: set[type[Element]] = set()
        for _, rubrique, data in self.elements:
            if rubrique.classe not in seen:
                self._complete(rubrique.classe, data, data["id"])
                seen.add(rubrique.classe)
            self._partie(rubrique.classe, data)
        self.autres["data/indicateurs/emploi-salarie.csv"] = self._serie()

    def fichiers(self, *, benin: bool = False) -> Fichiers:
        """The files of the dossier; in its twin, harmless words stand where the attacks do."""
        files: dict[str, list[Donnees]] = {}
        for path, rubrique, data in self.elements:
            name = path if path.startswith(f"{rubrique.chemin}/") else f"{rubrique.chemin}.yml"
            files.setdefault(name, []).append(data)
        written = {path: json.dumps(elements, ensure_ascii=False) for path, elements in files.items()} | self.autres
        if benin:
            for attaque in ATTAQUES.values():
                quoted = json.dumps(attaque, ensure_ascii=False)[1:-1]
                for former in (quoted, attaque.replace('"', '""'), attaque):
                    written = {path: content.replace(former, BENIN) for path, content in written.items()}
        return written

    def _complete(self, classe: type[Partie], data: Donnees, ident: str) -> None:
        """Add the parts that the element lacks: one of each kind."""
        others = {genre: [other for other in ids if other != ident] for genre, ids in self._pool.items()}
        for nom, champ in champs(classe).items():
            for tag, part in champ.parties.items():
                if not any(_classe(champ, item) is part for item in _parties(champ, data)):
                    mark = (champ.discriminant, tag) if champ.discriminant else None
                    drawn = self._plume.partie(part, INTERNE, others, tag=mark)
                    data[nom] = [*data.get(nom, []), drawn] if champ.liste else drawn
            for item in _parties(champ, data):
                self._complete(_classe(champ, item), item, ident)

    def _partie(self, classe: type[Partie], data: Donnees) -> None:
        for nom, champ in champs(classe).items():
            for item in _parties(champ, data):
                self._partie(_classe(champ, item), item)
            if champ.nature in ("texte", "ligne"):
                where = f"{classe.__name__}.{nom}"
                if champ.nature == "texte":
                    whole = "\n\n".join(self._pose(where, texte=True) for _ in range(_PAR_TEXTE))
                    data[nom] = [whole] if champ.liste else whole
                else:
                    data[nom] = [self._pose(where), self._pose(where)] if champ.liste else self._pose(where)

    def _pose(self, where: str, *, texte: bool = False) -> str:
        (attaque,) = self._suivantes(1)
        self.poses.append(Pose(f"repere{len(self.poses)}fin", attaque, where, texte))
        return self.poses[-1].ecrit

    def _serie(self) -> str:
        """A series with a note for each attack."""
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(ENTETE)
        for year, _ in enumerate(ATTAQUES, 1990):
            writer.writerow([year, 90_000 + 7 * (year % 13), self._pose("Valeur.note")])
        return stream.getvalue()


def _parties(champ: Champ, data: Donnees) -> list[Donnees]:
    """The parts a field holds."""
    value = data.get(champ.nom)
    return [] if not champ.parties or value is None else value if champ.liste else [value]


def _classe(champ: Champ, item: Donnees) -> type[Partie]:
    return champ.parties[str(item.get(champ.discriminant, "")) if champ.discriminant else ""]


def _elements(path: str, content: str) -> Iterator[tuple[Rubrique, Donnees]]:
    """The elements of a file of the dossier, with their heading."""
    if not path.endswith(".yml"):
        return
    data: Any = yaml.load(content, yaml.BaseLoader)
    name = path.removesuffix(".yml")
    for rubrique in RUBRIQUES:
        if name == rubrique.chemin or name.startswith(f"{rubrique.chemin}/"):
            yield from ((rubrique, element) for element in (data if isinstance(data, list) else [data]))
        elif rubrique.chemin.startswith(f"{name}/"):
            yield from ((rubrique, element) for element in data.get(rubrique.chemin.rpartition("/")[2], []))
