using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Domain.Values;
using Npgsql;

namespace KnowledgeGraph.Api.Curation;

/// <summary>Corrections of facts.</summary>
internal static class Corrections
{
    public static async Task<Draft> PostAsync(
        CorrectionRequest request, NpgsqlDataSource database, CancellationToken cancellation)
    {
        if (FormOf(request) is { } problem)
            return Draft.Refused(problem);
        var ids = (request.Roles ?? []).SelectMany(role => role.Value).Select(entity => entity.Id.ToString()).Distinct().ToArray();
        var names = (await database.QueryAsync(
            $"select id, name from views.entities where id = any($1) and to_sequence = {Moment.Open}", [ids], row => (row.GetString(0), row.GetString(1)), cancellation))
            .ToDictionary(StringComparer.Ordinal);
        if ((request.Roles ?? []).SelectMany(role => role.Value).FirstOrDefault(entity => NameOf(entity) is null) is { } unknown)
            return Draft.Invalid($"There is no entity {unknown.Id} yet: give its name.", "roles");
        return CurationEndpoints.OfFact(request, database, Correct, cancellation);

        string? NameOf(NamedEntity entity) => names.GetValueOrDefault(entity.Id.ToString()) ?? (string.IsNullOrWhiteSpace(entity.Name) ? null : entity.Name.Trim());

        Verdict Correct(Fact fact)
        {
            var correction = new FactCorrected
            {
                FactId = fact.Id,
                When = request.When,
                Status = request.Status,
                Values = request.Values?.ToDictionary(value => value.Key, value => value.Value!.DeepClone(), StringComparer.Ordinal),
                ValueStates = request.ValueStates,
                Roles = request.Roles?.ToDictionary(
                    role => role.Key, IReadOnlyList<Entity> (role) => [.. role.Value.Select(entity => new Entity { Id = entity.Id, Name = NameOf(entity)! })], StringComparer.Ordinal),
                Author = request.Author!,
                Reason = request.Reason!,
            };
            return FactCorrection.Check(correction, FactSchema.For(fact.Type)) is { } fault
                ? Verdict.Invalid($"'{fault.Field}' {fault.Problem}", fault.Field)
                : correction;
        }
    }

    private static Problem? FormOf(CorrectionRequest request) =>
        request.When is not null && PartialDate.TryParse(request.When) is null
            ? Problems.InvalidParameter.With("'when' is a date like 2026, 2026-H1, 2026-Q1, 2026-05 or 2026-05-20.", "when")
            : request.Status is not null && Enum.GetValues<FactStatus>().All(status => FactJson.StatusName(status) != request.Status)
            ? Problems.InvalidParameter.With($"'status' is one of {string.Join(", ", Enum.GetValues<FactStatus>().Select(FactJson.StatusName))}.", "status")
            : request.Values?.Any(value => value.Value is null) == true
            ? Problems.InvalidParameter.With($"'values' has no nulls: valueStates says {FactCorrection.NoValue}.", "values")
            : request.Roles?.Any(role => role.Value is not { Count: > 0 } || role.Value.Exists(entity => entity is null)) == true
            ? Problems.InvalidParameter.With("'roles' has an entity for each role.", "roles")
            : null;
}
