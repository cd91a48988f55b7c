using System.Text.Json.Nodes;
using KnowledgeGraph.Domain.Events;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Domain.Tests.Events;

namespace KnowledgeGraph.Domain.Tests.Facts;

public sealed class FactCorrectionTests
{
    private static readonly Fact Sample = SampleFacts.Full(FactSchema.For("EarningsReported"));

    [Fact]
    public void A_fact_comes_back_from_its_json_also_when_it_was_corrected()
    {
        var corrected = Sample.Under([.. SampleDecisions.All.OfType<FactCorrected>(), .. SampleDecisions.All.OfType<FactDenied>()])!;
        Fact[] facts = [Sample, corrected, .. SampleFacts.Random(new Random(3), SampleFacts.ReportId, "一段用来切出引文的文字。", 300)];
        foreach (var fact in facts)
        {
            var json = JsonNode.Parse(FactJson.ToJson(fact).ToJsonString())!.AsObject();
            Assert.Equal(json.ToJsonString(), FactJson.ToJson(FactJson.FromJson(json)).ToJsonString());
        }
    }

    [Fact]
    public void A_correction_changes_what_it_names_and_a_state_takes_the_place_of_a_value()
    {
        var fact = Sample.Under([.. SampleDecisions.All.OfType<FactCorrected>()])!;
        Assert.Equal(82000000000.50m, fact.Values["amount"].GetValue<decimal>());
        Assert.Equal(Sample.Values["period"].ToJsonString(), fact.Values["period"].ToJsonString());
        Assert.False(fact.Values.ContainsKey("yoyPercent"));
        Assert.Equal("somevalue", fact.ValueStates["yoyPercent"]);
        Assert.Equal(("2026-05-21", FactStatus.Announced, true), (fact.When, fact.Status, fact.IsCorrected));
    }

    [Fact]
    public void The_last_of_confirmation_and_denial_counts_and_a_retraction_ends_it_all()
    {
        FactDecision confirmed = SampleDecisions.All.OfType<FactConfirmed>().Single(), denied = SampleDecisions.All.OfType<FactDenied>().Single();
        Assert.Equal(FactStanding.Denied, Sample.Under([confirmed, denied])!.Standing);
        Assert.Equal(FactStanding.Confirmed, Sample.Under([denied, confirmed])!.Standing);
        Assert.Null(Sample.Under([confirmed, SampleDecisions.All.OfType<FactRetracted>().Single()]));
    }

    [Theory]
    [InlineData("""{ "price": 1 }""", null, "values")]
    [InlineData("""{ "amount": "much" }""", null, "values")]
    [InlineData(null, """{ "price": "somevalue" }""", "valueStates")]
    [InlineData(null, """{ "amount": "secret" }""", "valueStates")]
    [InlineData("""{ "amount": 1 }""", """{ "amount": "novalue" }""", "valueStates")]
    [InlineData(null, null, "values")]
    [InlineData("""{ "amount": 1 }""", """{ "yoyPercent": "novalue" }""", null)]
    public void What_a_type_has_not_is_no_correction(string? values, string? states, string? field)
    {
        var correction = new FactCorrected
        {
            FactId = Sample.Id,
            Author = "a",
            Reason = "b",
            Values = values is null ? null : JsonNode.Parse(values)!.AsObject().ToDictionary(value => value.Key, value => value.Value!),
            ValueStates = states is null ? null : JsonNode.Parse(states)!.AsObject().ToDictionary(state => state.Key, state => state.Value!.ToString()),
        };
        Assert.Equal(field, FactCorrection.Check(correction, FactSchema.For("EarningsReported"))?.Field);
    }
}
