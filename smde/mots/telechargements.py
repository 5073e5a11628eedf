"""The files published with the site."""

from typing import TYPE_CHECKING, Any

from smde import ecriture
from smde.fragments import Content
from smde.libelles import mot
from smde.model.identite import FormatDocument, Livrable
from smde.model.mesures import Indicateur

if TYPE_CHECKING:
    from smde.vocabulaire import Vocabulaire


class Telechargements:
    """The files published with the site, for one edition."""

    def __init__(self, vocabulaire: "Vocabulaire") -> None:
        self.mots, self.edition = vocabulaire, vocabulaire.edition

    def formats(self, livrable: Livrable) -> list[Content]:
        """A link to each file of a document that is published with the site."""
        return [
            self.mots.fichier(f"documents/{livrable.id}.{form.value}", f"{livrable.titre} ({mot(form)})")
            for form in livrable.formats
            if form is not FormatDocument.odt
        ]

    def formats_courts(self, livrable: Livrable) -> list[Content]:
        """The same, when the title of the document is said above."""
        return [
            self.mots.fichier(f"documents/{livrable.id}.{form.value}", ecriture.majuscule(mot(form)))
            for form in livrable.formats
            if form is not FormatDocument.odt
        ]

    def donnees_ouvertes(self) -> list[Content]:
        """The whole data set, and what describes it."""
        return [
            [
                self.mots.fichier("donnees/strategie.json", "Toute la stratégie (JSON)"),
                ", décrite par ",
                self.mots.fichier("donnees/strategie.schema.json", "son schéma JSON"),
            ]
        ]

    def series(self) -> list[Content]:
        """The series of the indicators."""
        return [self.serie(indicateur) for indicateur in self.edition.tous(Indicateur)]

    def serie(self, indicateur: Indicateur) -> Any:
        """The link to the values of an indicator."""
        return self.mots.fichier(f"donnees/series/{indicateur.id}.csv", f"{indicateur.titre} (CSV)")
