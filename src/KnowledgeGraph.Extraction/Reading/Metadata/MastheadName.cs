using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Reading.Metadata;

/// <summary>
/// The name that opens a masthead where no word in it says that it is a house: 算法茶馆, Loose Weights, 晨舟基金内部早会纪要. It stands first and above the
/// title; a date close by, its return in the legal text or the addresses at the end, and a slogan beside it speak for it.
/// </summary>
internal static partial class MastheadName
{
    private const int Lines = 6;
    private const int Enough = 5;

    // In characters of Chinese: what is shorter over a date is hardly a title.
    private const int LongestTitle = 5;

    public static string? Find(Masthead masthead)
    {
        var title = TitleFinder.Find(masthead) is { } found ? Line.MakeKey(found) : "";
        var best = masthead.Top.Take(Lines).Select(line => (Name: Name(line.Text), Line: line)).Where(candidate => candidate.Name is not null)
            .Select(candidate => (candidate.Name, Score: Score(masthead, candidate.Name!, candidate.Line, title))).OrderByDescending(candidate => candidate.Score).FirstOrDefault();
        return best.Score >= Enough ? best.Name : null;
    }

    private static int Score(Masthead masthead, string name, TextLine line, string title)
    {
        var key = Line.MakeKey(name);
        var score = line.Index switch { 0 => 4, 1 => 2, _ => 0 };
        var after = masthead.Lines.Skip(line.Index).Take(3).ToList();
        score += after.Exists(near => CalendarDates.Dates(near.Text).Any()) ? 2 : 0;
        score += masthead.Lines.Skip(Math.Max(line.Index + 3, masthead.Lines.Count * 2 / 3)).Any(last => last.Key.Contains(key, StringComparison.Ordinal)) ? 4 : 0;
        score += key.Length >= 4 && char.IsAsciiLetter(key[0]) && masthead.Lines.Any(other => Address().Matches(other.Text).Any(address => address.Value.Contains(key[..4], StringComparison.OrdinalIgnoreCase))) ? 3 : 0;
        // A name of its own words beside a slogan, or a first heading over another one.
        score += name.Length < line.Text.Trim().Length ? 1 : line.Raw.StartsWith("# ", StringComparison.Ordinal) && after.Skip(1).Any(next => next.Raw.StartsWith('#')) ? 1 : 0;
        var isTitle = name.Length == line.Text.Trim().Length && title.StartsWith(key, StringComparison.Ordinal);
        score -= isTitle && !Latin().IsMatch(name) && name.Length > LongestTitle ? 4 : isTitle ? 1 : 0;
        // One word may be whatever the report is on.
        return score - (Latin().IsMatch(name) || Han().IsMatch(name) ? 0 : 2);
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
        return name.Length > 0 && (Han().IsMatch(name) || Latin().IsMatch(name) || Word().IsMatch(name)) && !Generic().IsMatch(name) && !TitleFinder.IsLabel(name) && !CoverLabels.IsRating(name) ? name : null;
    }

    // What asserts something, names a ticker or labels a value is no name.
    [GeneratedRegex(@"[:;。?!、]|,(?!\san?\s)|\(\w{1,6}[. ][A-Z]{1,3}\)|\(\d{4,6}\)|[%$]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Said();

    [GeneratedRegex(@"[|│·•\\/《》「」【】〔〕<>〈〉()\[\]]|\s?[—–]+\s?|\s-\s|\s{2,}|,\s(?=an?\s)|(?<=&\sCo\.?)\s|(?<=[\u4E00-\u9FFF])\s|\s(?=[\u4E00-\u9FFF])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Cut();

    [GeneratedRegex(@"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b,?|(?:星期|周)[一二三四五六日天]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Day();

    [GeneratedRegex(@"(?:总|第)\s?[\d-]+\s?(?:期|封信|号)|\b(?:no|vol|issue)\.?\s?#?\d+|#\d+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Issue();

    [GeneratedRegex(@"(?:致(?:持有人|投资者|投资人|股东|合伙人)的?(?:一封)?信|(?:内部)?(?:专家|早会|晨会|例会|调研|交流|电话会|会议|专家交流|专家电话会)*纪要|(?:海外|电子|计算机|通信|传媒|互联网|策略|科技|产业|行业)?(?:研究组|研究部|研究团队|编辑部|海外组|电子组|科技组))$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Kind();

    [GeneratedRegex(@"^(?:分析师|分析员|研究员|撰文|作者|记者|编辑|摘要|目录|导读|首席分析师|证券分析师)$|^(?:(?:证券|行业|公司|策略|股票|专题|深度|点评|研究|投资|内部|重要|每日|每周|今日|科技|电子|通信|传媒|互联网|计算机|半导体)*(?:研究|报告|点评|周报|日报|月报|参考|专题|要闻|策略|速递|资料|注意保管|更新)+|(?:Equity|Global|Commissioned|Daily|Weekly|Monthly|Morning|Company|Sector|Industry|First|Flash|Initiation|Technology|Credit|Research|Report|Note|Update|Review|Take|Call|Wrap|Tracker|Marketing|Semiconductors?|Hardware|Software|Internet|Asia|Pacific|of|coverage|&| )+)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Generic();

    [GeneratedRegex(@"(?:@|www\.|https?://)[\w.-]+|\b[\w-]+\.(?:com|example|cn|co|io|net|org)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[\u4E00-\u9FFFA-Z&]{0,3}[\u4E00-\u9FFF]{2,11}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Han();

    [GeneratedRegex(@"^(?:The\s)?[A-Z][\w'’.-]*(?:\s(?:(?:of|and|the|&|in|on)\s)?[A-Z][\w'’.-]*){1,4}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Latin();

    [GeneratedRegex(@"^[A-Z][\w'’.-]{3,}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
