using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Claims;

/// <summary>A cell of an entity in which something changed at a sequence.</summary>
internal sealed record TouchedCell(string EntityId, Guid Cell, long Sequence);

/// <summary>
/// What the values of each claim come to, over the log: whether they conflict, how far they spread, of which types they are. Most values
/// change none of these, so that a claim of thousands of values has few rows, and the list of conflicts is an index.
/// <para>
/// The state at a sequence is a function of the values that held at it and of who was merged with whom; it is worked out at each sequence
/// at which either changed, so that the rows do not depend on how the events came in batches. A claim belongs to the canonical entity: a
/// merge closes the claims of the id that went under and states those of the id that stands for it anew, and a split does the reverse.
/// </para>
/// </summary>
internal static class ClaimStates
{
    /// <summary>States the claims anew in which something changed; their values are written already. Identity is the same at all these sequences.</summary>
    public static async Task RestateAsync(NpgsqlTransaction transaction, string schema, IReadOnlyCollection<TouchedCell> touched, CancellationToken cancellation)
    {
        if (touched.Count == 0)
            return;
        var groups = await GroupsAsync(transaction, schema, touched, cancellation);
        var cells = touched.Select(one => (Subject: groups[one.EntityId].Canonical, one.Cell, one.Sequence))
            .GroupBy(one => (one.Subject, one.Cell), one => one.Sequence)
            .ToDictionary(cell => cell.Key, cell => cell.Distinct().Order().ToList());
        var members = groups.Values.DistinctBy(group => group.Canonical).ToDictionary(group => group.Canonical, group => group.Members, StringComparer.Ordinal);
        await RestateAsync(transaction, schema, cells, members, cancellation);
    }

    /// <summary>After a merge or a split: states the claims of all cells of these ids anew.</summary>
    /// <param name="transaction">Where identity has been written already.</param>
    /// <param name="schema">Of the views.</param>
    /// <param name="ids">The ids that came together or went apart.</param>
    /// <param name="sequence">Of the decision.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task RegroupAsync(NpgsqlTransaction transaction, string schema, IReadOnlyCollection<string> ids, long sequence, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return;
        var groups = await GroupsAsync(transaction, schema, [.. ids.Select(id => new TouchedCell(id, default, sequence))], cancellation);
        var touched = await transaction.QueryAsync(
            $"select distinct cell from {schema}.claim_values where entity_id = any($1) and to_sequence > $2",
            [groups.Values.SelectMany(group => group.Members).Concat(ids).Distinct().ToArray(), sequence],
            row => row.GetGuid(0),
            cancellation);
        // An id that another stands for has no members, hence no claims.
        var members = groups.Values.DistinctBy(group => group.Canonical).ToDictionary(group => group.Canonical, group => group.Members, StringComparer.Ordinal);
        foreach (var id in ids)
            members.TryAdd(id, []);
        var cells = (from subject in members.Keys from cell in touched select (subject, cell)).ToDictionary(cell => cell, _ => new List<long> { sequence });
        if (cells.Count > 0)
            await RestateAsync(transaction, schema, cells, members, cancellation);
    }

    private static async Task RestateAsync(
        NpgsqlTransaction transaction,
        string schema,
        Dictionary<(string Subject, Guid Cell), List<long>> cells,
        Dictionary<string, string[]> members,
        CancellationToken cancellation)
    {
        var values = await ValuesAsync(transaction, schema, cells, members, cancellation);
        var before = await StatesAsync(transaction, schema, cells.Keys, cancellation);
        var restated = Restatement.Of(
            cells, values.ToLookup(row => (row.Subject, row.Cell), row => (row.From, row.To, row.Value)), before.ToDictionary(row => row.Key, row => row.State), ClaimState.Of);
        await WriteAsync(transaction, schema, restated, cancellation);
    }

    private static async Task<Dictionary<string, (string Canonical, string[] Members)>> GroupsAsync(
        NpgsqlTransaction transaction, string schema, IReadOnlyCollection<TouchedCell> touched, CancellationToken cancellation)
    {
        var rows = await transaction.QueryAsync(
            $"""
            select row.id, c.id, {schema}.members(c.id, $2)
            from unnest($1::text[]) as row (id) cross join lateral (select {schema}.canonical(row.id, $2) as id) c
            """,
            [touched.Select(one => one.EntityId).Distinct().ToArray(), touched.Max(one => one.Sequence)],
            row => (Id: row.GetString(0), Canonical: row.GetString(1), Members: row.GetFieldValue<string[]>(2)),
            cancellation);
        return rows.ToDictionary(row => row.Id, row => (row.Canonical, row.Members), StringComparer.Ordinal);
    }

    private static Task<List<(string Subject, Guid Cell, long From, long To, ClaimValue Value)>> ValuesAsync(
        NpgsqlTransaction transaction,
        string schema,
        Dictionary<(string Subject, Guid Cell), List<long>> cells,
        Dictionary<string, string[]> members,
        CancellationToken cancellation)
    {
        var wanted = (from cell in cells.Keys from member in members[cell.Subject] select (cell.Subject, Member: member, cell.Cell)).ToList();
        return transaction.QueryAsync(
            $"""
            select row.subject, row.cell, v.from_sequence, v.to_sequence, {ClaimRows.Columns}
            from unnest($1::text[], $2::text[], $3::uuid[]) as row (subject, member, cell)
                join {schema}.claim_values v on v.entity_id = row.member and v.cell = row.cell
            where v.to_sequence > $4
            """,
            [wanted.Select(row => row.Subject).ToArray(), wanted.Select(row => row.Member).ToArray(), wanted.Select(row => row.Cell).ToArray(), cells.Values.Min(sequences => sequences[0])],
            row => (row.GetString(0), row.GetGuid(1), row.GetInt64(2), row.GetInt64(3), ClaimRows.Read(row, 4)),
            cancellation);
    }

    private static Task<List<((string Subject, Guid Cell) Key, ClaimState State)>> StatesAsync(
        NpgsqlTransaction transaction, string schema, IReadOnlyCollection<(string Subject, Guid Cell)> cells, CancellationToken cancellation) =>
        transaction.QueryAsync(
            $"select subject, cell, conflicting, spread_percent, types from {schema}.claims where id = any($1) and to_sequence = {Moment.Open}",
            [cells.Select(IdOf).ToArray()],
            row => ((row.GetString(0), row.GetGuid(1)), new ClaimState(row.GetBoolean(2), row.GetDecimal(3), string.Join(' ', row.GetFieldValue<string[]>(4)))),
            cancellation);

    private static async Task WriteAsync(
        NpgsqlTransaction transaction, string schema, Restated<(string Subject, Guid Cell), ClaimState> restated, CancellationToken cancellation)
    {
        if (restated.Closed.Count > 0)
        {
            await transaction.ExecuteAsync(
                $"""
                update {schema}.claims c set to_sequence = row.until
                from unnest($1::uuid[], $2::bigint[]) as row (id, until)
                where c.id = row.id and c.to_sequence = {Moment.Open}
                """,
                [restated.Closed.Select(row => IdOf(row.Key)).ToArray(), restated.Closed.Select(row => row.To).ToArray()],
                cancellation);
        }

        if (restated.Opened.Count > 0)
        {
            var opened = restated.Opened;
            await transaction.ExecuteAsync(
                $"""
                insert into {schema}.claims (id, from_sequence, to_sequence, subject, cell, metric, period, measure, conflicting, spread_percent, types)
                select row.id, row.since, row.until, row.subject, row.cell, k.metric, k.period, k.basis ->> 'measure', row.conflicting, row.spread, string_to_array(row.types, ' ')
                from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::uuid[], $6::boolean[], $7::numeric[], $8::text[])
                        as row (id, since, until, subject, cell, conflicting, spread, types)
                    join {schema}.claim_cells k on k.cell = row.cell
                """,
                [
                    opened.Select(row => IdOf(row.Key)).ToArray(),
                    opened.Select(row => row.From).ToArray(),
                    opened.Select(row => row.To).ToArray(),
                    opened.Select(row => row.Key.Subject).ToArray(),
                    opened.Select(row => row.Key.Cell).ToArray(),
                    opened.Select(row => row.State.IsConflicting).ToArray(),
                    opened.Select(row => row.State.SpreadPercent).ToArray(),
                    opened.Select(row => row.State.Types).ToArray(),
                ],
                cancellation);
        }
    }

    private static Guid IdOf((string Subject, Guid Cell) key) => ClaimCell.IdOf(key.Subject, key.Cell);
}

/// <summary>What can be asked of a claim without weighing its values.</summary>
/// <param name="IsConflicting">Values of one stage contradict each other.</param>
/// <param name="SpreadPercent">The greatest spread of a stage.</param>
/// <param name="Types">Types of the facts that give the values, in order, a space between.</param>
internal sealed record ClaimState(bool IsConflicting, decimal SpreadPercent, string Types)
{
    /// <summary>Null where there is no value.</summary>
    public static ClaimState? Of(IEnumerable<ClaimValue> values)
    {
        var assessment = Assessment.Of(values);
        return assessment.Values.Count == 0
            ? null
            : new ClaimState(
                assessment.IsConflicting,
                assessment.SpreadPercent / 1.0000000000000000000000000000m,
                string.Join(' ', assessment.Values.Select(one => one.Value.Type).Distinct().Order(StringComparer.Ordinal)));
    }
}
