using System.Text.RegularExpressions;

namespace KnowledgeGraph.Extraction.Values;

/// <summary>The lexical shapes of dates and periods, each anchored where the scanner stands and bounded in length.</summary>
internal static partial class TimeShapes
{
    private const string Y = @"(?:19|20)\d\d";
    private const string M = @"(?:1[0-2]|0?[1-9])";
    private const string D = @"(?:3[01]|[12]\d|0?[1-9])";
    private const string Dash = "[-–—~～−至到]";
    private const string End = "(?![A-Za-z0-9])";
    private const string Month = "(?<mon>January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)";
    private const string Month2 = "(?<mon2>January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)";
    private const string Weekday = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tues|Tue|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)";
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const int TimeoutMilliseconds = 1000;

    /// <summary>A match at <paramref name="at"/>, or null; a time-out counts as none.</summary>
    public static Match? At(this Regex shape, string text, int at)
    {
        try
        {
            return shape.Match(text, at) is { Success: true } match ? match : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    [GeneratedRegex($@"\G(?<y>{Y}|[1-4]\d) ?(?<f>财政年度|财务年度|会计年度|财年|年度|年)(?!级|轻|龄|报|初心)|\G(?<y>{Y})(?= ?(?:第 ?[一二三四1-4] ?季|[上下]半年))", Options, TimeoutMilliseconds)]
    public static partial Regex YearLead();

    /// <summary>A year of the Republic: 115年, 115F, 115/8/11, 115Q3.</summary>
    [GeneratedRegex($@"\G(?<y>1[0-4]\d)(?:(?<s>[/.-])(?<m>{M})\k<s>(?<d>{D})(?!\d)| ?(?<f>年)度?(?!来|前|后|内|间|历史|老)|[EFA]{End}|(?=Q[1-4]{End}))", Options, TimeoutMilliseconds)]
    public static partial Regex RepublicYear();

    [GeneratedRegex($@"\G(?<m>{M}) ?月 ?(?<d>{D}) ?[日号]? ?(?:\([^)]{{1,4}}\) ?)?{Dash} ?(?:(?<y2>{Y}) ?年 ?)?(?:(?<m2>{M}) ?月 ?)?(?<d2>{D}) ?[日号]", Options, TimeoutMilliseconds)]
    public static partial Regex DayRange();

    [GeneratedRegex($@"\G(?<m>{M}) ?月 ?(?<d>{D}) ?[日号]", Options, TimeoutMilliseconds)]
    public static partial Regex MonthDay();

    [GeneratedRegex($@"\G(?<m>{M}) ?月?份? ?{Dash} ?(?<m2>{M}) ?月份?(?! ?\d{{1,2}} ?[日号])(?!租|费|薪)", Options, TimeoutMilliseconds)]
    public static partial Regex MonthRange();

    [GeneratedRegex($@"\G(?<m>{M}|十[一二]?|[一二三四五六七八九]) ?月(?:份|底|末|初|上旬|中旬|下旬|中|内)?(?!租|费|薪|付|饼|球|亮|光|活|均(?!价)|度|之暗|季| ?\d{{1,2}} ?[日号])", Options, TimeoutMilliseconds)]
    public static partial Regex MonthAlone();

    [GeneratedRegex($@"\G(?:第 ?(?<q>[一二三四1-4]) ?(?<f>财)?季度?|(?<q>[一二三四1-4]) ?(?<f>财)?季度|(?<q>[一二三四1-4])(?<f>财)季|(?<q>[一二三四1-4])季(?!报|节|度报)|C?Q(?<q>[1-4]){End}|(?<q>[1-4])Q{End}|(?<q>[首次末])(?<f>财)?季度?(?![报节])|(?<h>[上下])半(?<f>财)?年度?|H(?<h>[12]){End}|(?<h>[12])H{End}|(?:前|首)(?<n>[三3]) ?个?季度?|(?:前|首)(?<k>十[一二]?|[一二三四五六七八九]|\d{{1,2}}) ?个?月|(?<q>[一])季报|(?<n>三)季报|(?<h>半)年度?(?:业绩|财务)?报告?|(?<h>中)(?:报|期)(?=[点业实营收纯净盈利溢录财派股报,的亏经公])|(?<k>[369])M{End}|(?<w>全年度?)|(?<t>以来|迄今|至今|初至今|初以来|内至今)|(?<e>[底末])|(?<b>初)(?!步))", Options, TimeoutMilliseconds)]
    public static partial Regex Part();

    [GeneratedRegex($@"\G(?<y>{Y})(?<s>[-/.])(?<m>\d{{1,2}})\k<s>(?<d>\d{{1,2}})(?!\d|[-/.]\d)", Options, TimeoutMilliseconds)]
    public static partial Regex IsoDay();

    [GeneratedRegex($@"\G(?:FY ?)?(?<y>{Y})/(?:20)?(?<y2>\d\d) ?(?<f>财政年度|财年|年度|fiscal year|FY)", Options, TimeoutMilliseconds)]
    public static partial Regex SplitYear();

    [GeneratedRegex($@"\G(?<y>{Y})[-/](?<m>0[1-9]|1[0-2])(?![\d年E/]|[-.]\d)", Options, TimeoutMilliseconds)]
    public static partial Regex IsoMonth();

    [GeneratedRegex($@"\G(?:(?<y>{Y})[./-])?(?<m>\d{{1,2}})[./](?<d>\d{{1,2}}) ?{Dash} ?(?:(?<y2>{Y})[./-])?(?<m2>\d{{1,2}})[./](?<d2>\d{{1,2}})(?![\d%.A-Za-z倍元亿万]|[ ]?[万亿美港%]|pct)", Options, TimeoutMilliseconds)]
    public static partial Regex DotRange();

    [GeneratedRegex($@"\G(?<m>{M})/(?<d>{D})(?![\d/%A-Za-z.])", Options, TimeoutMilliseconds)]
    public static partial Regex SlashDay();

    [GeneratedRegex($@"\G(?:FY|CY)?(?<y>{Y})(?:[EFA]|年)? ?{Dash} ?(?<y2>{Y}|\d\d) ?(?:年|财年|E{End}|F{End}|(?=\)|,|，|。| |$|CAGR|复合))", Options, TimeoutMilliseconds)]
    public static partial Regex YearSpan();

    [GeneratedRegex($@"\G(?<d>{D}) ?[日号](?!线|均|内|年化|股|报|起|新|元|本|前|后|活)", Options, TimeoutMilliseconds)]
    public static partial Regex DayAlone();

    [GeneratedRegex($@"\G(?<p>FY|CY|C|F)?(?:(?<q>[1-4])Q|Q(?<q>[1-4])|(?<h>[12])H|H(?<h>[12])|(?<k>[369])M)(?:,? (?:of )?(?<p>FY|CY|[Ff]iscal(?: year)?) ?'?(?<y>{Y}|\d\d)|(?<p>FY|CY)'?(?<y>{Y}|\d\d)|(?: of |[ -])(?<y>{Y})| ?'?(?<y>\d\d)|(?<y>{Y}))[EFA]?(?![A-Za-z0-9%]|\.\d)", Options, TimeoutMilliseconds)]
    public static partial Regex PartThenYear();

    [GeneratedRegex($@"\G(?:(?<p>FY|CY|F) ?'?(?<y>{Y}|\d\d)|(?<y>{Y}|[12345]\d))[ -]?(?:Q(?<q>[1-4])|(?<q>[1-4])Q|H(?<h>[12])|(?<h>[12])H|(?<k>[369])M)[EFA]?{End}", Options, TimeoutMilliseconds)]
    public static partial Regex YearThenPart();

    [GeneratedRegex($@"\G(?:(?<p>FY|CY) ?'?(?<y>{Y}|\d\d)(?:[EFA]|年)?|(?<y>{Y}|[123]\d)[EFA]){End}", Options, TimeoutMilliseconds)]
    public static partial Regex YearCode();

    [GeneratedRegex($@"\G(?:(?<p>F|[Ff]iscal[ -])?Q(?<q>[1-4])|(?<p>F|[Ff]iscal[ -])?(?<q>[1-4])Q|H(?<h>[12])|(?<h>[12])H|(?<k>9)M)(?![A-Za-z0-9_-]|\.\d)", Options, TimeoutMilliseconds)]
    public static partial Regex PartCode();

    [GeneratedRegex($@"\G(?<r>去年|今年|明年|上年|本年|后年|前年)度?(?! ?同期)", Options, TimeoutMilliseconds)]
    public static partial Regex RelativeYear();

    [GeneratedRegex($@"\G今年?[、和及与/]?明年?(?<a>[、和及与/]?后)?(?:两|二|三)?年", Options, TimeoutMilliseconds)]
    public static partial Regex NextYears();

    [GeneratedRegex($@"\G(?<r>上上|上|下|本|这|当)个?月(?! ?(?:同期|租|费|活))(?: ?(?<d>{D}) ?[日号]|初|底|末|内|中旬|上旬|下旬|以来|中)?", Options, TimeoutMilliseconds)]
    public static partial Regex RelativeMonth();

    [GeneratedRegex(@"\G(?<r>昨日|昨天|昨晚|昨夜|今日|今天|今晨|今早|今晚|前日|前天|明日|明天|后天|[今昨前明]\(\d{1,2}\)[日天晚]?)(?!头条|资本)", Options, TimeoutMilliseconds)]
    public static partial Regex RelativeDay();

    [GeneratedRegex(@"\G(?<r>上上|上|下|本|这|当)?一?个?(?:周|星期|礼拜)(?<w>[一二三四五六日天])(?!期|次|年|个|家)", Options, TimeoutMilliseconds)]
    public static partial Regex ChineseWeekday();

    [GeneratedRegex(@"\G(?<r>上|下|本|这)一?个?(?<u>周|星期|季度|季)(?!末|报)", Options, TimeoutMilliseconds)]
    public static partial Regex RelativeSpan();

    [GeneratedRegex(@"\G年(?<t>初至今|初以来|内至今|初迄今)|\G年(?<e>底|末)(?!数)|\G年(?<n>内)", Options, TimeoutMilliseconds)]
    public static partial Regex YearPartAlone();

    [GeneratedRegex($@"\G(?:{Weekday},? )?(?<d>{D})(?:st|nd|rd|th)? ?(?:[-–—]|to) ?(?:{Weekday},? )?(?<d2>{D})(?:st|nd|rd|th)? {Month}{End}(?:,? (?<y>{Y}))?|\G{Month}\.? (?<d>{D}) ?[-–—] ?(?:{Month2}\.? )?(?<d2>{D})(?!\d)(?:,? (?<y>{Y}))?|\G(?<d>{D}) {Month} ?[-–—] ?(?<d2>{D}) {Month2}{End}(?:,? (?<y>{Y}))?", Options, TimeoutMilliseconds)]
    public static partial Regex EnglishDayRange();

    [GeneratedRegex($@"\G(?<d>{D})(?:st|nd|rd|th)?(?: of)? {Month}{End}(?:\.?,? (?<y>{Y})(?!\d))?|\G{Month}\.? (?<d>{D})(?:st|nd|rd|th)?(?!\d|[.,]\d|%|[A-Za-z]|bn)(?:,? (?<y>{Y})(?!\d))?", Options, TimeoutMilliseconds)]
    public static partial Regex EnglishDay();

    [GeneratedRegex($@"\G{Month} ?(?:[-–—/]|to|through) ?{Month2}{End}(?:,? (?<y>{Y})(?!\d))?", Options, TimeoutMilliseconds)]
    public static partial Regex EnglishMonthRange();

    [GeneratedRegex($@"\G{Month}\.?,? (?:of )?(?<y>{Y}|'\d\d)(?!\d)|\G{Month}-(?<y>[23]\d){End}|\G{Month}{End}\.?(?:(?<q>[- ](?:quarter|qtr|period)(?![A-Za-z]))|(?<h>[- ]half(?![A-Za-z])))?", Options, TimeoutMilliseconds)]
    public static partial Regex EnglishMonth();

    [GeneratedRegex($@"\G(?:quarter|three months) (?:ended|ending|to|through) (?:(?:end-|on )?(?:{D} )?){Month}{End}(?: {D}(?!\d))?(?:,? (?<y>{Y}))?", Options | RegexOptions.IgnoreCase, TimeoutMilliseconds)]
    public static partial Regex EnglishQuarterEnd();

    [GeneratedRegex($@"\G(?<f>fiscal[- ])?(?:(?<q>first|second|third|fourth)(?<f>[- ]fiscal)?[- ]quarter|(?<h>first|second)[- ]half|(?<k>first nine months))(?:(?: of|,| in)? (?:the )?(?<f>fiscal )?(?:year |calendar )?(?<y>{Y})(?!\d))?", Options | RegexOptions.IgnoreCase, TimeoutMilliseconds)]
    public static partial Regex EnglishPart();

    [GeneratedRegex($@"\G(?:fiscal(?: year)? (?<y>{Y})(?<f>)(?: (?<q>first|second|third|fourth)[- ]quarter)?|(?:full[- ]year|calendar(?: year)?) (?<y>{Y}))(?!\d)", Options | RegexOptions.IgnoreCase, TimeoutMilliseconds)]
    public static partial Regex EnglishFiscalYear();

    [GeneratedRegex(@"\G(?<t>year[- ]to[- ]date|YTD|so far this year)(?![A-Za-z])|\G(?<r>last|this|next) (?<u>week|month|quarter|year)(?![A-Za-z])|\G(?<d>yesterday|today|tomorrow|last night)(?![A-Za-z])|\G(?<e>year[- ]end|end of the year|the end of this year)(?![A-Za-z])", Options | RegexOptions.IgnoreCase, TimeoutMilliseconds)]
    public static partial Regex EnglishRelative();

    [GeneratedRegex(@"\G(?:(?<r>[Ll]ast|[Tt]his|[Nn]ext) )?(?<w>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mon|Tues|Tue|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)(?![A-Za-z0-9])", Options, TimeoutMilliseconds)]
    public static partial Regex EnglishWeekday();

    [GeneratedRegex($@"\G(?:截至|截止)于? ?(?:(?<y>{Y}) ?年 ?)?(?<m>{M}|十[一二]?|[一二三四五六七八九]) ?月(?:底|末| ?{D} ?[日号]|(?:三十一?|廿[八九]|二十[八九])[日号])? ?止?的?(?:当|该|上|一个)?(?:财季|季度|季|三个月|3 ?个月|(?<h>六个月|6 ?个月|上半年|半年))", Options, TimeoutMilliseconds)]
    public static partial Regex ChineseQuarterEnd();

    [GeneratedRegex($@"\G(?<y>20[0-5]\d)(?![\d%A-Za-z年/]|[.,]\d| ?[万亿%元美港个家人台颗片吨年]|-\d)", Options, TimeoutMilliseconds)]
    public static partial Regex BareYear();
}
