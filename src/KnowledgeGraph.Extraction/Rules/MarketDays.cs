using System.Globalization;
using System.Text.RegularExpressions;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Text;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>Whether a daily speaks of the day that it bears or of the session before: a note of 06:40 or a 早报 cannot know today's close.</summary>
public static partial class MarketDays
{
    private const int CoverLength = 600;

    private static readonly string[] Morning = ["晨会", "晨报", "早报", "早参", "晨讯", "早知道", "Morning", "盘前", "pre-market", "昨日市况", "昨日收", "昨收", "港股昨日", "恒指昨日", "大市昨日", "台股昨日", "A股昨日"];

    public static DateOnly? Of(Document document, ReportMetadata metadata)
    {
        if (metadata is not { Date: { IsDay: true } date, DateBasis: DateBasis.Stated, Covers: null })
            return null;
        var cover = Folding.Fold(document.Text[..Math.Min(CoverLength, document.Text.Length)]);
        if (Closes().Match(cover) is { Success: true } closes)
            return Before(date.Start, closes.Groups["day"].Value);
        var isEarly = Clock().Match(cover) is { Success: true } clock && int.Parse(clock.Groups["h"].Value, CultureInfo.InvariantCulture) < 9;
        return isEarly || Morning.Any(word => cover.Contains(word, StringComparison.OrdinalIgnoreCase)) ? Session(date.Start) : date.Start;
    }

    /// <summary>The session before a day; the one before a Monday is a Friday, holidays are not known here.</summary>
    public static DateOnly Session(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Monday => day.AddDays(-3),
        DayOfWeek.Sunday => day.AddDays(-2),
        _ => day.AddDays(-1),
    };

    private static DateOnly Before(DateOnly day, string weekday)
    {
        for (var back = 0; back < 7; back++)
        {
            if (day.AddDays(-back).DayOfWeek.ToString().Equals(weekday, StringComparison.OrdinalIgnoreCase))
                return day.AddDays(-back);
        }

        return day;
    }

    [GeneratedRegex(@"\b(?:closes|prices|closing prices) (?:are|as of|as at) (?<day>Monday|Tuesday|Wednesday|Thursday|Friday)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Closes();

    [GeneratedRegex(@"(?<![0-9:])(?<h>0?[0-9]|1[0-9]|2[0-3]):[0-5][0-9](?![0-9:])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Clock();
}
