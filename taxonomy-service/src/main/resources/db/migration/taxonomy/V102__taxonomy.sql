-- An uploaded taxonomy. Its id is the hash of its canonical text, which is a blob in the store.
create table taxonomy (
    id          text        primary key,
    name        text        not null,
    n_nodes     integer     not null,
    n_edges     integer     not null,
    n_roots     integer     not null,
    max_depth   integer     not null,
    created_at  timestamptz not null
);

-- Null: WordNet 3.0.
alter table scoring add column taxonomy text references taxonomy (id);
