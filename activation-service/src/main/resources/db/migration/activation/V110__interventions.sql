-- A run of a model with other vectors in a tap's place. Shard sets and model may be deleted once it is finished.
create table intervention (
    id        text primary key references job (id),
    -- the CreateIntervention as JSON
    request   text not null,
    model_id  text not null,
    dataset   text not null,
    tap       text not null,
    token     text not null,
    -- the InterventionView.Report as JSON
    report    text,
    -- hash of one InterventionExample (JSON) a line
    examples  text
);
create index intervention_model on intervention (model_id);
