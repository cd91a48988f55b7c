using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Resolution;

/// <summary>
/// Drafts to facts: participants become entities, the same assertion made twice becomes one fact with several mentions, and one that says
/// less of the same thing (the amount without its growth) becomes a mention of the one that says more.
/// </summary>
public static class FactAssembly
{
    /// <param name="drafts">Drafts that keep the contract (<see cref="DraftCheck"/>).</param>
    public static IReadOnlyList<FactOrigin> Assemble(string reportId, string text, IReadOnlyList<FactDraft> drafts, Resolver resolver)
    {
        var facts = new Dictionary<Guid, List<Candidate>>();
        foreach (var draft in drafts)
        {
            var fact = ToFact(reportId, text, draft, resolver);
            if (!facts.TryGetValue(fact.Id, out var same))
                facts[fact.Id] = same = [];
            same.Add(new Candidate(fact, draft.IsWhenInferred, [draft]));
        }

        return [.. Dated([.. Absorb([.. facts.Values.Select(Merge)])]).OrderBy(origin => origin.Fact.Evidence[0].Start).ThenBy(origin => origin.Fact.Evidence[0].End)];
    }

    // What a report says of a thing without a day, in its title or summary, happened on the one day that it gives for everything else of the thing.
    private static readonly Dictionary<string, string> Things = new(StringComparer.Ordinal)
    {
        ["ModelReleased"] = "model",
        ["ProductLaunched"] = "product",
        ["ChipAnnounced"] = "chip",
        ["CapabilityReported"] = "subject",
        ["LineageReported"] = "subject",
        ["AvailabilityChanged"] = "subject",
    };

    private static IEnumerable<FactOrigin> Dated(List<FactOrigin> origins)
    {
        var days = origins.Where(origin => origin.Fact.When is { Length: 10 }).Select(origin => (Thing: Thing(origin.Fact), Day: origin.Fact.When!)).Where(known => known.Thing is not null)
            .GroupBy(known => known.Thing!.Value).ToDictionary(group => group.Key, group => group.Select(known => known.Day).Distinct(StringComparer.Ordinal).ToList());
        return origins.Select(origin => origin.Fact is { When: null, Status: FactStatus.Reported } fact && Thing(fact) is { } thing && days.TryGetValue(thing, out var known) && known is [var day]
            ? origin with { Fact = fact with { When = day } } : origin);
    }

    private static EntityId? Thing(Fact fact) => Things.TryGetValue(fact.Type, out var role) && fact.Roles.TryGetValue(role, out var entities) && entities is [var entity] ? entity.Id : null;

    /// <summary>A fact on its way, whether its date only stands in for one that the text does not give, and what it was made of.</summary>
    private sealed record Candidate(Fact Fact, bool IsWhenInferred, IReadOnlyList<FactDraft> Drafts)
    {
        private Dictionary<string, string>? core;

        // Asked for with every other fact of its type; the id is no part of it, so that a copy under another id may keep it.
        public Dictionary<string, string> Core => core ??= CoreOf(Fact);

        // A date and a source weigh as much as a value: the place that gives them is the better evidence.
        public int Weight => Fact.Values.Count + Fact.Roles.Count + (Fact.When is null || IsWhenInferred ? 0 : 1) + Math.Min(1, Fact.Attribution.Count);
    }

    // A rating, a part of a company, a source are the report's own words: rules see them folded, the fact holds them as printed.
    private static IReadOnlyDictionary<string, JsonNode> Printed(IReadOnlyDictionary<string, JsonNode> values, Resolver resolver)
    {
        var printed = new Dictionary<string, JsonNode>(values, StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (value.GetValueKind() == JsonValueKind.String && value.ToString() is var word && word.Any(c => c >= '\u3400'))
                printed[name] = JsonValue.Create(resolver.Printed(word))!;
        }

        return printed;
    }

    private static Fact ToFact(string reportId, string text, FactDraft draft, Resolver resolver)
    {
        var roles = draft.FilledRoles.ToDictionary(
            role => role.Key, role => (IReadOnlyList<Entity>)[.. role.Value.Select(who => resolver.Resolve(who).Entity).DistinctBy(entity => entity.Id)], StringComparer.Ordinal);
        var values = Printed(draft.GivenValues, resolver);
        return new Fact
        {
            Id = FactId.Of(reportId, draft.Type, roles, values),
            Type = draft.Type,
            Roles = roles,
            Values = values,
            When = draft.When,
            Status = draft.Status,
            Attribution = [.. draft.Attribution.Select(resolver.Printed)],
            Evidence = [new Evidence(text[draft.Start..draft.End], draft.Start, draft.End)],
            Rule = draft.Rule,
        };
    }

    // The fullest leads; what it leaves open the others may fill. All at once: what is said a thousand times is not copied a thousand times.
    private static Candidate Merge(List<Candidate> same)
    {
        if (same.Count == 1)
            return same[0];
        var lead = same.MaxBy(one => one.Weight)!;
        List<Candidate> all = [lead, .. same.Where(one => !ReferenceEquals(one, lead))];
        var values = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        var roles = new Dictionary<string, IReadOnlyList<Entity>>(StringComparer.Ordinal);
        foreach (var one in all)
        {
            foreach (var (name, value) in one.Fact.Values)
                values.TryAdd(name, value);
            foreach (var (name, entities) in one.Fact.Roles)
                roles.TryAdd(name, entities);
        }

        var dated = all.Find(one => one.Fact.When is not null && !one.IsWhenInferred) ?? all.Find(one => one.Fact.When is not null) ?? lead;
        var fact = lead.Fact with
        {
            Values = values,
            Roles = roles,
            When = dated.Fact.When,
            Attribution = [.. all.SelectMany(one => one.Fact.Attribution).Distinct(StringComparer.Ordinal)],
            Evidence = [.. all.SelectMany(one => one.Fact.Evidence).Distinct()],
        };
        return new Candidate(fact, dated.IsWhenInferred, [.. all.SelectMany(one => one.Drafts)]);
    }

    private static IEnumerable<FactOrigin> Absorb(List<Candidate> candidates)
    {
        foreach (var group in candidates.GroupBy(candidate => candidate.Fact.Type))
        {
            var kept = new List<List<Candidate>>();
            var numbers = FactSchema.For(group.Key).Values.Where(value => value is { IsCore: true, Kind: ValueKind.Number }).Select(value => value.Name).ToList();
            foreach (var candidate in group.OrderByDescending(c => c.Core.Count).ThenBy(c => c.Fact.Evidence[0].Start))
            {
                if (kept.Find(fuller => IsPartOf(candidate, fuller[0], numbers)) is { } whole)
                    whole.Add(candidate);
                else
                    kept.Add([candidate]);
            }

            foreach (var same in kept)
            {
                var merged = Merge(same);
                yield return new FactOrigin(merged.Fact with { Id = same[0].Fact.Id }, merged.Drafts);
            }
        }
    }

    // A figure without segment is of the whole company, a price without period is a quote: absence says something.
    private static readonly string[] Strict = ["segment", "period"];

    private static bool IsPartOf(Candidate part, Candidate whole, List<string> numbers)
    {
        var (a, b, less, more) = (part.Core, whole.Core, part.Fact, whole.Fact);
        // Who takes part tells deals and rounds apart: the headline without the sum is the text's with it, told as done or as planned.
        var isToldByParties = less.Type is "DealAnnounced" or "FundingRaised";
        if (a.Count > b.Count || (less.Status != more.Status && less.Type != "DealAnnounced") || Strict.Any(name => less.Values.ContainsKey(name) != more.Values.ContainsKey(name)))
            return false;
        // Without a number in common two facts agree on nothing that could tell them apart; only releases have none.
        foreach (var (name, value) in a)
        {
            if (!b.TryGetValue(name, out var other) || other != value)
                return false;
        }

        return isToldByParties || numbers.Count == 0 || numbers.Exists(a.ContainsKey);
    }

    private static Dictionary<string, string> CoreOf(Fact fact)
    {
        var schema = FactSchema.For(fact.Type);
        var core = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var role in schema.Roles.Where(role => role.IsCore && fact.Roles.ContainsKey(role.Name)))
            core["role " + role.Name] = string.Join(',', fact.Roles[role.Name].Select(entity => entity.Id.ToString()).Order(StringComparer.Ordinal));
        foreach (var value in schema.Values.Where(value => value.IsCore && fact.Values.ContainsKey(value.Name)))
            core[value.Name] = fact.Values[value.Name].ToJsonString();
        // FY2027Q1 and 2026Q1 are one quarter where the company's calendar says so.
        if (fact.Values.TryGetValue("calendarPeriod", out var calendar))
            core["period"] = calendar.ToJsonString();
        // 数据中心 and 数据中心业务 are one part of a company.
        if (core.TryGetValue("segment", out _))
            core["segment"] = NameKey.Of(SegmentName.Bare(fact.Values["segment"].ToString()));
        return core;
    }
}
