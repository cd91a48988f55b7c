using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Events;

namespace KnowledgeGraph.Domain.Facts;

/// <summary>A fact under the decisions made about it.</summary>
public static class FactCorrection
{
    /// <summary>There is a value, and it is undisclosed.</summary>
    public const string SomeValue = "somevalue";

    /// <summary>There is no value.</summary>
    public const string NoValue = "novalue";

    /// <summary>What is wrong with a correction of a fact of this type, and in which field; null where nothing is.</summary>
    public static (string Field, string Problem)? Check(FactCorrected correction, FactSchema schema)
    {
        if (correction is { When: null, Status: null, Values: null or { Count: 0 }, ValueStates: null or { Count: 0 }, Roles: null or { Count: 0 } })
            return ("values", "names nothing to correct: give when, status, values, valueStates or roles.");
        if (schema.Check(new Dictionary<string, IReadOnlyList<Entity>>(), correction.Values ?? new Dictionary<string, JsonNode>()) is { } value)
            return ("values", $"does not fit: {value}.");
        if (schema.Check(correction.Roles ?? new Dictionary<string, IReadOnlyList<Entity>>(), new Dictionary<string, JsonNode>()) is { } role)
            return ("roles", $"does not fit: {role}.");
        foreach (var (name, state) in correction.ValueStates ?? new Dictionary<string, string>())
        {
            if (schema.Value(name) is null || state is not (SomeValue or NoValue) || correction.Values?.ContainsKey(name) == true)
                return ("valueStates", $"does not fit: '{name}' is a value of {schema.Type} that is not in values, and is {SomeValue} or {NoValue}.");
        }

        return null;
    }

    /// <summary>The fact after the decisions, in their order; null where one of them retracts it.</summary>
    public static Fact? Under(this Fact fact, IReadOnlyList<FactDecision> decisions)
    {
        foreach (var decision in decisions)
        {
            switch (decision)
            {
                case FactRetracted:
                    return null;
                case FactConfirmed:
                    fact = fact with { Standing = FactStanding.Confirmed };
                    break;
                case FactDenied:
                    fact = fact with { Standing = FactStanding.Denied };
                    break;
                case FactCorrected correction:
                    fact = Corrected(fact, correction);
                    break;
                default:
                    throw new InvalidOperationException($"{decision.GetType().Name} is no decision about a fact that is known here.");
            }
        }

        return fact;
    }

    private static Fact Corrected(Fact fact, FactCorrected correction)
    {
        var values = new Dictionary<string, JsonNode>(fact.Values, StringComparer.Ordinal);
        var states = new Dictionary<string, string>(fact.ValueStates, StringComparer.Ordinal);
        var roles = new Dictionary<string, IReadOnlyList<Entity>>(fact.Roles, StringComparer.Ordinal);
        foreach (var (name, value) in correction.Values ?? new Dictionary<string, JsonNode>())
        {
            values[name] = value;
            states.Remove(name);
        }

        foreach (var (name, state) in correction.ValueStates ?? new Dictionary<string, string>())
        {
            states[name] = state;
            values.Remove(name);
        }

        foreach (var (name, entities) in correction.Roles ?? new Dictionary<string, IReadOnlyList<Entity>>())
            roles[name] = entities;
        return fact with
        {
            When = correction.When ?? fact.When,
            Status = correction.Status is { } status ? FactJson.StatusOf(status) : fact.Status,
            Values = values,
            ValueStates = states,
            Roles = roles,
            IsCorrected = true,
        };
    }
}
