"""What a person may add to allauth's sign-up form."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from server.accounts.names import NAME_LENGTH, clean_name


class SignUpFields(forms.Form):
    """Optional name (else the username) and language; allauth adds username, email, password."""

    name = forms.CharField(max_length=NAME_LENGTH, required=False)
    language = forms.ChoiceField(choices=[("en", "English"), ("zh", "简体中文")], required=False)

    def clean_name(self) -> str:
        """Refuses what could not be told apart or shown."""
        text = str(self.cleaned_data["name"] or "")
        if not text.strip():
            return ""
        try:
            return clean_name(text)
        except ValueError as error:
            raise ValidationError(f"The name {error}.", code="invalid_name") from error

    def signup(self, request: HttpRequest, user: object) -> None:
        """The adapter has saved everything already."""
