"""Forms of elections."""

from committees.forms.elections import AnnulForm, DrawForm, ElectionForm, NominationForm, RollForm, StatementForm

__all__ = ["AnnulForm", "DrawForm", "ElectionForm", "NominationForm", "RollForm", "StatementForm"]
