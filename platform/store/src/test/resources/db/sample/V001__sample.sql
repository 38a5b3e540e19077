create table place (
    id   uuid primary key,
    name text not null
);

create table animal (
    id       uuid        primary key,
    place_id uuid        not null references place,
    document jsonb,
    picture  bytea,
    tags     text[]      not null default '{}',
    seen_at  timestamptz,
    legs     smallint    not null,
    weight   bigint,
    tame     boolean     not null,
    count    integer     not null
);
