package io.taxoscope.api.taxonomy;

/** A synset by its key and by a name for people. */
public record SynsetName(String wnid, String name) {}
