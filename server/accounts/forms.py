"""What a person may add to allauth's sign-up form."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from server.accounts.ages import clean_year
from server.accounts.names import NAME_LENGTH, clean_name


class SignUpFields(forms.Form):
    """Optional name (else the username), language and year of birth; allauth adds username, email,
    password."""

    name = forms.CharField(max_length=NAME_LENGTH, required=False)
    language = forms.ChoiceField(choices=[("en", "English"), ("zh", "简体中文")], required=False)

    birth_year = forms.IntegerField(required=False)

    def clean_birth_year(self) -> int | None:
        """Refuses a year in which nobody here can have been born."""
        year: int | None = self.cleaned_data["birth_year"]
        if year is None:
            return None
        try:
            return clean_year(year)
        except ValueError as error:
            raise ValidationError(f"The year of birth: {error}.", code="invalid_year") from error

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
