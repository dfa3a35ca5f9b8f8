"""Web pages: bytes of HTML in; the article's text, blocks and metadata out.

``source`` makes text of the bytes, ``events`` and ``walk`` cut it into blocks, ``selection`` says
which of them are the article, ``roles`` what each is in it, ``metadata`` what the page says of
itself, ``quality`` whether the result can be trusted; ``page`` puts them together.
"""
