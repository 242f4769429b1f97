-- Standard SQL, as far as there is any; tried on H2. What a stranger wrote is text, without a length: a mail that does not fit
-- would never get in.

-- One row for each mail that came in, and not a second one however often Postal posts it.
create table if not exists mail (
    dedup_key   varchar(100) not null primary key, -- CamelPostalDedupKey
    reference   varchar(20)  not null unique,      -- a short name made of the key: in paths, tickets and Message-IDs
    postal_id   bigint       not null,
    inbox       varchar(10)  not null,             -- orders, support or other
    ticket      varchar(20),
    rcpt_to     text         not null,
    mail_from   text,
    from_field  text,
    subject     text,
    message_id  text,
    plain_body  text,
    html_body   text,
    filed_at    timestamp with time zone default current_timestamp not null
);

create table if not exists attachment (
    dedup_key    varchar(100) not null references mail,
    number       integer      not null,
    filename     text,                             -- as the sender wrote it
    content_type text         not null,
    bytes        bigint       not null,
    saved_as     text         not null,            -- below the folder of the attachments
    primary key (dedup_key, number)
);

create table if not exists ticket (
    name      varchar(20)  not null primary key,
    opened_by varchar(100) not null references mail
);

-- The queue of order lines. Who takes one locks it, and deletes it in the transaction in which it was worked on.
create table if not exists order_line (
    id          bigint generated always as identity primary key,
    dedup_key   varchar(100) not null references mail,
    attachment  integer      not null,
    line_number integer      not null,
    sku         varchar(40)  not null,
    quantity    integer      not null,
    note        text,
    attempts    integer      default 0 not null,
    not_before  timestamp with time zone default current_timestamp not null,
    unique (dedup_key, attachment, line_number)
);

create table if not exists rejected_line (
    dedup_key   varchar(100) not null references mail,
    attachment  integer      not null,
    line_number integer      not null,             -- 0: the file as a whole
    line        text         not null,
    reason      text         not null,
    primary key (dedup_key, attachment, line_number)
);

-- Where the lines go in this example.
create table if not exists order_book (
    order_line bigint       not null primary key,
    dedup_key  varchar(100) not null references mail,
    sku        varchar(40)  not null,
    quantity   integer      not null,
    note       text
);

-- What became of the reply to a mail. Those that are queued are the outbox.
create table if not exists reply (
    dedup_key   varchar(100) not null primary key references mail,
    state       varchar(10)  not null,             -- none, queued, sent, refused or uncertain
    reason      text,
    recipient   text,
    sender      text,
    conversation text,                           -- what a reply to the reply belongs to
    subject     text,
    body        text,
    message_id  text,                            -- null: the component makes one that carries the conversation
    in_reply_to text,
    refs        text,
    attempts    integer      default 0 not null,
    not_before  timestamp with time zone default current_timestamp not null
);
create index if not exists reply_queued on reply (state, not_before);

-- Camel's table for JdbcMessageIdRepository, with the key that its own statement leaves out: mails that are completed, and the
-- component's count of replies a day and address.
create table if not exists camel_messageprocessed (
    processorname varchar(255) not null,
    messageid     varchar(100) not null,
    createdat     timestamp,
    primary key (processorname, messageid)
);
