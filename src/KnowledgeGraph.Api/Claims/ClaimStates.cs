using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Claims;

/// <summary>
/// What the values of each claim come to, over the log: whether they conflict, how far they spread, of which types they are. Most values
/// change none of these, so that a claim of thousands of values has few rows, and the list of conflicts is an index.
/// <para>
/// The state at a sequence is a function of the values that held at it and of who was merged with whom; it is worked out at each sequence
/// at which either changed, so that the rows do not depend on how the events came in batches. Recordings only add values, and the state is such that
/// an actual can be added to it without looking at the others, of which a claim may have tens of thousands; a decision, which may take values away,
/// states the claims that it touches anew from all their values. A claim belongs to the canonical entity: a
/// merge closes the claims of the id that went under and states those of the id that stands for it anew, and a split does the reverse.
/// </para>
/// </summary>
internal static class ClaimStates
{
    /// <summary>Adds values that recordings brought; they are written already.</summary>
    public static async Task AddAsync(NpgsqlTransaction transaction, string schema, IReadOnlyList<OpenedValue> opened, CancellationToken cancellation)
    {
        if (opened.Count == 0)
            return;
        var canonical = await IdentityRows.CanonicalAsync(transaction, schema, opened.Select(one => one.Subject), cancellation);
        var added = opened.GroupBy(one => new ClaimKey(canonical(one.Subject), one.Cell.Key))
            .ToDictionary(claim => claim.Key, claim => claim.ToLookup(one => one.Held.From, one => one.Value));
        var before = await StatesAsync(transaction, schema, added.Keys, cancellation);
        var weighed = added.Where(claim => (before.TryGetValue(claim.Key, out var state) && state.HasExpected) || claim.Value.Any(values => values.Any(value => value.Stage > Stage.Actual)))
            .Select(claim => claim.Key).ToList();
        var expected = (await ValuesAsync(transaction, schema, weighed, opened[^1].Held.From, "and v.stage > 0", cancellation)).ToLookup(row => row.Key, row => (row.From, row.Value));
        var touched = added.Select(claim => KeyValuePair.Create(claim.Key, claim.Value.Select(values => values.Key).Order().ToList()));
        var restated = Restatement.Of(touched, before, (key, sequence, state) => ClaimState.Of(
            state, [.. added[key][sequence]], expected[key].Where(row => row.From <= sequence).Select(row => row.Value)));
        await WriteAsync(transaction, schema, restated, opened.Select(one => CellLabel.Of(one.Cell)), cancellation);
    }

    /// <summary>States claims anew of which a decision changed values; these are written already.</summary>
    public static async Task RestateAsync(
        NpgsqlTransaction transaction, string schema, IReadOnlyCollection<(string Entity, Guid Cell)> touched, long sequence, CancellationToken cancellation)
    {
        var canonical = await IdentityRows.CanonicalAsync(transaction, schema, touched.Select(one => one.Entity), cancellation);
        await RestateAsync(transaction, schema, [.. touched.Select(one => new ClaimKey(canonical(one.Entity), one.Cell)).Distinct()], sequence, cancellation);
    }

    /// <summary>After a merge or a split: states the claims of all cells of these ids anew.</summary>
    /// <param name="transaction">Where identity has been written already.</param>
    /// <param name="schema">Of the views.</param>
    /// <param name="ids">The ids that came together or went apart.</param>
    /// <param name="sequence">Of the decision.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task RegroupAsync(NpgsqlTransaction transaction, string schema, IReadOnlyCollection<string> ids, long sequence, CancellationToken cancellation)
    {
        var canonical = await IdentityRows.CanonicalAsync(transaction, schema, ids, cancellation);
        var subjects = ids.Concat(ids.Select(canonical)).Distinct().ToList();
        var cells = await transaction.QueryAsync(
            $"""
            select distinct v.cell
            from (select distinct unnest({schema}.members(subject, $2)) as id from unnest($1::text[]) as subject) member
                join {schema}.claim_values v on v.entity_id = member.id and v.to_sequence = {Moment.Open}
            """,
            [subjects.ToArray(), sequence],
            row => row.GetGuid(0),
            cancellation);
        await RestateAsync(transaction, schema, [.. from subject in subjects from cell in cells select new ClaimKey(subject, cell)], sequence, cancellation);
    }

    private static async Task RestateAsync(NpgsqlTransaction transaction, string schema, IReadOnlyCollection<ClaimKey> claims, long sequence, CancellationToken cancellation)
    {
        if (claims.Count == 0)
            return;
        var values = (await ValuesAsync(transaction, schema, claims, sequence, "", cancellation)).ToLookup(row => row.Key, row => row.Value);
        var before = await StatesAsync(transaction, schema, claims, cancellation);
        var touched = claims.Select(claim => KeyValuePair.Create(claim, new List<long> { sequence }));
        var restated = Restatement.Of(touched, before, (key, _, _) => ClaimState.Of(values[key]));
        await WriteAsync(transaction, schema, restated, await CellsAsync(transaction, schema, claims, cancellation), cancellation);
    }

    private static async Task<List<(ClaimKey Key, long From, ClaimValue Value)>> ValuesAsync(
        NpgsqlTransaction transaction, string schema, IReadOnlyCollection<ClaimKey> claims, long sequence, string which, CancellationToken cancellation)
    {
        if (claims.Count == 0)
            return [];
        // An id that another stands for has no members, hence no claims.
        var members = (await transaction.QueryAsync(
            $"select id, {schema}.members(id, $2) from unnest($1::text[]) as id where {schema}.canonical(id, $2) = id",
            [claims.Select(claim => claim.Subject).Distinct().ToArray(), sequence],
            row => (Id: row.GetString(0), Members: row.GetFieldValue<string[]>(1)),
            cancellation)).ToDictionary(row => row.Id, row => row.Members, StringComparer.Ordinal);
        var wanted = (from claim in claims from member in members.GetValueOrDefault(claim.Subject, []) select (claim.Subject, Member: member, claim.Cell)).ToList();
        return await transaction.QueryAsync(
            $"""
            select row.subject, row.cell, v.from_sequence, {ClaimRows.Columns}
            from unnest($1::text[], $2::text[], $3::uuid[]) as row (subject, member, cell)
                join {schema}.claim_values v on v.entity_id = row.member and v.cell = row.cell
            where v.to_sequence = {Moment.Open} {which}
            """,
            [wanted.Select(row => row.Subject).ToArray(), wanted.Select(row => row.Member).ToArray(), wanted.Select(row => row.Cell).ToArray()],
            row => (new ClaimKey(row.GetString(0), row.GetGuid(1)), row.GetInt64(2), ClaimRows.Read(row, 3)),
            cancellation);
    }

    private static async Task<Dictionary<ClaimKey, ClaimState>> StatesAsync(
        NpgsqlTransaction transaction, string schema, IReadOnlyCollection<ClaimKey> claims, CancellationToken cancellation) =>
        (await transaction.QueryAsync(
            $"""
            select c.subject, c.cell, {ClaimState.Columns}
            from {schema}.claims c where c.id = any($1) and c.to_sequence = {Moment.Open}
            """,
            [claims.Select(claim => claim.Id).ToArray()],
            row => (Key: new ClaimKey(row.GetString(0), row.GetGuid(1)), State: ClaimState.Read(row, 2)),
            cancellation)).ToDictionary(row => row.Key, row => row.State);

    private static async Task<List<CellLabel>> CellsAsync(NpgsqlTransaction transaction, string schema, IEnumerable<ClaimKey> claims, CancellationToken cancellation) =>
        await transaction.QueryAsync(
            $"select cell, metric, period, basis ->> 'measure' from {schema}.claim_cells where cell = any($1)",
            [claims.Select(claim => claim.Cell).Distinct().ToArray()],
            row => new CellLabel(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3)),
            cancellation);

    private static async Task WriteAsync(
        NpgsqlTransaction transaction, string schema, Restated<ClaimKey, ClaimState> restated, IEnumerable<CellLabel> labels, CancellationToken cancellation)
    {
        if (restated.Closed.Count > 0)
        {
            await transaction.ExecuteAsync(
                $"""
                update {schema}.claims c set to_sequence = row.until
                from unnest($1::uuid[], $2::bigint[]) as row (id, until)
                where c.id = row.id and c.to_sequence = {Moment.Open}
                """,
                [restated.Closed.Select(row => row.Key.Id).ToArray(), restated.Closed.Select(row => row.To).ToArray()],
                cancellation);
        }

        var cells = labels.DistinctBy(label => label.Cell).ToDictionary(label => label.Cell);
        await CopyRows.WriteAsync(
            transaction,
            $"""
            {schema}.claims (
                id, from_sequence, to_sequence, subject, cell, metric, period, measure, conflicting, spread_percent, types, least, greatest, earliest_to,
                latest_from, lowest, highest, has_expected)
            """,
            restated.Opened,
            (copy, row) => copy.Row(18).Uuid(row.Key.Id).Bigint(row.From).Bigint(row.To).Text(row.Key.Subject).Uuid(row.Key.Cell)
                .Text(cells[row.Key.Cell].Metric).Text(cells[row.Key.Cell].Period).Text(cells[row.Key.Cell].Measure)
                .Boolean(row.State.IsConflicting).Numeric(row.State.SpreadPercent).Texts(row.State.Types.Split(' '))
                .Numeric(row.State.Actuals?.Least).Numeric(row.State.Actuals?.Greatest).Numeric(row.State.Actuals?.EarliestTo)
                .Numeric(row.State.Actuals?.LatestFrom).Uuid(row.State.Actuals?.Lowest).Uuid(row.State.Actuals?.Highest).Boolean(row.State.HasExpected),
            cancellation);
    }

    /// <summary>A claim: a cell of a canonical entity.</summary>
    private readonly record struct ClaimKey(string Subject, Guid Cell)
    {
        public Guid Id => ClaimCell.IdOf(Subject, Cell);
    }

    /// <summary>What a claim's row tells of its cell.</summary>
    private sealed record CellLabel(Guid Cell, string Metric, string Period, string Measure)
    {
        public static CellLabel Of(ClaimCell cell) => new(cell.Key, cell.Metric, cell.Period, cell.Basis.Measure);
    }
}
