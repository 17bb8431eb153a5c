"""Words before their meaning: language, sentences, tokens, word lists and figures."""
