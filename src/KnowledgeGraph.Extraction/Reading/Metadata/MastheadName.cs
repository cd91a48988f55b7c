using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Reading.Metadata;

/// <summary>
/// The name that opens a masthead where no word in it says that it is a house: 算法茶馆, Loose Weights, 晨舟基金内部早会纪要. It stands first, a date
/// close by and the title below it.
/// </summary>
internal static partial class MastheadName
{
    private const int Lines = 3;

    // In characters of Chinese.
    private const int LongestTitle = 5;

    public static string? Find(Masthead masthead)
    {
        var top = masthead.Top.Take(Lines + 2).ToList();
        var title = TitleFinder.Find(masthead);
        foreach (var line in top.Take(Lines))
        {
            var name = Name(line.Text);
            if (name is null)
            {
                continue;
            }

            var isDated = top.Skip(line.Index).Take(3).Any(near => CalendarDates.Dates(near.Text).Any());
            var isTitle = name.Length == line.Text.Trim().Length && title is not null && Line.MakeKey(title).StartsWith(Line.MakeKey(name), StringComparison.Ordinal);
            // So short a line over the date is no title: Spare Cycles / the compute-market letter, 9 June 2026.
            return isDated && (!isTitle || Latin().IsMatch(name) || name.Length <= LongestTitle) ? name : null;
        }

        return null;
    }

    private static string? Name(string text)
    {
        var dates = CalendarDates.Dates(text).ToList();
        var undated = Day().Replace(dates.Count > 0 ? text[..dates.Min(date => date.Start)] : text, "").TrimEnd(' ', ',', '-', '.');
        if (Said().IsMatch(undated))
        {
            return null;
        }

        var first = Cut().Split(Issue().Replace(undated, "|")).Select(part => part.Trim()).FirstOrDefault(part => part.Length > 0) ?? "";
        var name = Kind().Replace(first, "").Trim();
        return name.Length > 0 && (Han().IsMatch(name) || Latin().IsMatch(name)) && !TitleFinder.IsLabel(name) && !CoverLabels.IsRating(name) ? name : null;
    }

    // What asserts something, names a ticker or labels a value is no name.
    [GeneratedRegex(@"[:;。?!、]|,(?!\san?\s)|\(\w{1,6}[. ][A-Z]{1,3}\)|[%$]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Said();

    [GeneratedRegex(@"[|│·•\\/《》「」【】〔〕()\[\]]|\s?[—–]+\s?|\s-\s|,\s(?=an?\s)|(?<=&\sCo\.?)\s|(?<=[\u4E00-\u9FFF])\s|\s(?=[\u4E00-\u9FFF])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Cut();

    [GeneratedRegex(@"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b,?|(?:星期|周)[一二三四五六日天]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Day();

    [GeneratedRegex(@"(?:总|第)\s?[\d-]+\s?期|\b(?:no|vol|issue)\.?\s?#?\d+|#\d+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Issue();

    [GeneratedRegex(@"(?:致(?:持有人|投资者|投资人|股东|合伙人)的?(?:一封)?信|(?:内部)?(?:专家|早会|晨会|例会|调研|交流|电话会|会议|专家交流|专家电话会)*纪要|(?:海外|电子|计算机|通信|传媒|互联网|策略|科技|产业|行业)?(?:研究组|研究部|研究团队|编辑部|海外组|电子组|科技组))$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Kind();

    [GeneratedRegex(@"^[\u4E00-\u9FFFA-Z&]{0,3}[\u4E00-\u9FFF]{2,11}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Han();

    [GeneratedRegex(@"^(?:The\s)?[A-Z][\w'’.-]*(?:\s(?:(?:of|and|the|&|in|on)\s)?[A-Z][\w'’.-]*){1,4}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Latin();
}
