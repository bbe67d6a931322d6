"""Builds the URLs of the API client."""

from urllib.parse import quote, quote_plus, urlsplit


def join_url(base, *parts):
    """Join a base URL and parts of a path."""
    url = base
    for part in parts:
        url = url + "/" + quote(str(part), safe="/")
    return url


def encode_value(value):
    """Return a value as it stands in a query string."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    return quote_plus(str(value))


def build_query(params):
    """Return a query string (without the question mark) for a dict of parameters."""
    pairs = []
    for name, value in params.items():
        if isinstance(value, (list, tuple)):
            for item in value:
                pairs.append(f"{quote_plus(name)}={encode_value(item)}")
        else:
            pairs.append(f"{quote_plus(name)}={encode_value(value)}")
    return "&".join(pairs)


def with_query(url, params):
    """Return a URL with parameters added to those that it has."""
    query = build_query(params)
    if not query:
        return url
    url, hash_sign, fragment = url.partition("#")
    glue = "&" if "?" in url else "?"
    return url + glue + query + hash_sign + fragment


def is_local(url):
    """Tell whether a URL points at this machine."""
    return urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1")


class Endpoint:
    """One resource of the API, e.g. Endpoint("https://api.example.com", "users")."""

    def __init__(self, base, name, version="v1"):
        self.base = base
        self.name = name
        self.version = version

    def url(self, *parts, **params):
        """Return the URL of a request."""
        return with_query(join_url(self.base, self.version, self.name, *parts), params)
