using KnowledgeGraph.Api.Claims;

namespace KnowledgeGraph.Api.Tests.Claims;

public sealed class FigureTests
{
    [Theory]
    [InlineData("82000000000", "81600000000", true)]
    [InlineData("82000000000", "81500000000", true)]
    [InlineData("82000000000", "81400000000", false)]
    [InlineData("80000000000", "79000000000", false)]
    [InlineData("80000000000", "80400000000", true)]
    [InlineData("75.2", "75", true)]
    [InlineData("75.2", "75.4", false)]
    [InlineData("100", "96", false)]
    [InlineData("100", "100.4", true)]
    [InlineData("-5.05", "4.71", false)]
    [InlineData("-5.05", "-5.1", true)]
    [InlineData("0", "0.4", true)]
    [InlineData("0", "1", false)]
    [InlineData("12.06", "12.1", true)]
    [InlineData("12.06", "12.07", false)]
    public void Two_printed_numbers_meet_where_one_number_could_be_printed_as_either(string one, string other, bool meet)
    {
        var (a, b) = (Of(one), Of(other));
        Assert.Equal(meet, a.Meets(b));
        Assert.Equal(meet, b.Meets(a));
        Assert.True(a.Meets(a));
    }

    [Theory]
    [InlineData("min", "100", "250", true)]
    [InlineData("min", "100", "90", false)]
    [InlineData("max", "100", "90", true)]
    [InlineData("max", "100", "102", false)]
    [InlineData("approx", "11000000000", "10100000000", true)]
    [InlineData("approx", "11000000000", "9000000000", false)]
    public void A_bound_opens_or_widens_a_figure(string bound, string number, string other, bool meet) =>
        Assert.Equal(meet, new Figure(Of(number).Low, Of(number).High, bound).Meets(Of(other)));

    [Fact]
    public void A_range_meets_what_lies_in_it_and_has_its_middle_as_point()
    {
        var range = Figure.Of(null, 3_000m, 4_000m, null)!.Value;
        Assert.Equal(3_500m, range.Point);
        Assert.True(range.Meets(Of("3600")));
        Assert.False(range.Meets(Of("5000")));
        Assert.Equal(new Figure(5, 5, "min"), Figure.Of(null, 5, null, null));
        Assert.Equal(new Figure(5, 5, "max"), Figure.Of(null, null, 5, null));
        Assert.Null(Figure.Of(null, null, null, "approx"));
    }

    private static Figure Of(string number)
    {
        var value = decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        return new Figure(value, value, null);
    }
}
