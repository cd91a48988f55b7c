using KnowledgeGraph.Domain.Values;

namespace KnowledgeGraph.Domain.Tests.Values;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("FY2027Q1", "2027-01-01", "FY2026Q1", "FY2026Q4")]
    [InlineData("FY2027", "2027-01-01", "FY2026", "FY2026")]
    [InlineData("2025Q3", "2025-07-01", "2024Q3", "2025Q2")]
    [InlineData("2026H2", "2026-07-01", "2025H2", "2026H1")]
    [InlineData("2026H1", "2026-01-01", "2025H1", "2025H2")]
    [InlineData("2026-9M", "2026-01-01", "2025-9M", null)]
    [InlineData("2026", "2026-01-01", "2025", "2025")]
    [InlineData("2026-05", "2026-05-01", "2025-05", "2026-04")]
    [InlineData("2026-01", "2026-01-01", "2025-01", "2025-12")]
    [InlineData("2026-12", "2026-12-01", "2025-12", "2026-11")]
    [InlineData("2026-05-20", "2026-05-20", null, null)]
    [InlineData("2026-06-29/2026-07-03", "2026-06-29", null, null)]
    [InlineData("2025/2027", "2025-01-01", null, null)]
    [InlineData("2026-YTD", "2026-01-01", null, null)]
    public void A_label_has_its_place_and_knows_the_periods_before(string label, string start, string? yearBefore, string? before)
    {
        var period = Period.TryParse(label);
        Assert.NotNull(period);
        Assert.Equal(DateOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture), period.Start);
        Assert.Equal(yearBefore, period.YearBefore);
        Assert.Equal(before, period.Before);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Q1")]
    [InlineData("2026Q5")]
    [InlineData("2026-13")]
    [InlineData("2026-02-30")]
    [InlineData("0000")]
    [InlineData("next year")]
    public void Anything_else_is_no_period(string? label) => Assert.Null(Period.TryParse(label));
}
