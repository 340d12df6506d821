-- What an encoding keeps of its activations. The encoding may be deleted once this is finished; its id stays for the record.
create table evaluation (
    id        text primary key references job (id),
    -- the CreateEvaluation as JSON
    request   text not null,
    -- the EvaluationView.Report as JSON
    report    text
);

-- Decoded codes, edited or not, as a shard set.
create table reconstruction (
    id           text primary key references job (id),
    -- the CreateReconstruction as JSON
    request      text not null,
    activations  text not null,
    shard_set    text,
    n_changed    integer
);
create index reconstruction_shard_set on reconstruction (shard_set);
