using System.Text;

namespace KnowledgeGraph.Extraction.Rules;

/// <summary>What stands between a metric and its figure: whether it only links the two, or tells something else.</summary>
public static class Bridge
{
    // Longer words first, so that 超过 goes before 超.
    private static readonly string[] Links =
    [
        .. new[]
        {
            "口径", "还剩", "尚余", "仅余", "还有", "尚有", "剩下", "余", "人数", "总数", "数量", "规模", "总额", "金额", "总量", "数", "量", "已经", "已", "现", "目前", "近期", "本月", "最新", "合计", "累计", "平均", "预计", "预期", "有望", "将", "可能", "可", "会", "也", "则", "均", "亦", "了", "的", "在", "于", "中", "由", "自",
            "达到", "达", "高达", "升至", "增至", "增长至", "增加至", "提升至", "上调至", "下调至", "上调到", "上升至", "涨至", "降至", "到", "至", "为", "是", "有", "约为", "约", "近", "逾", "超过", "超出", "超", "突破", "破", "逼近", "接近", "不足", "不到", "不少于", "至少", "最多", "左右", "大约", "首次", "首度", "再次", "成功", "创", "录得", "实现", "扩大", "提升", "提高", "增加", "新增", "增长", "占比", "占", "比例", "大概", "介于", "约合", "全球", "总", "预测", "指引", "目标", "年底", "年末", "月末", "全年",
            "has", "have", "had", "is", "was", "are", "were", "of", "at", "to", "the", "a", "an", "in", "by", "now", "hit", "hits", "reached", "reaches", "reach", "surpassed", "topped", "tops", "crossed", "passed", "exceeded", "exceeds", "exceed", "rose", "grew", "climbed", "jumped", "about", "around", "nearly", "roughly", "over", "more than", "up", "some", "approximately", "almost", "at least", "expected", "will", "currently", "already", "stood", "stands", "came", "guidance", "base", "number", "it", "its", "as", "for", "and", "total", "totaled", "totalled", "above", "approached", "approaching", "running", "doubled", "tripled", "just", "month", "week", "year", "closed", "ended", "finished", "out", "minus", "越过", "触及", "冲上", "攀至", "推进至", "扩大至", "介乎", "锁定", "定在", "上看", "上探", "维持在", "保持在", "稳定在", "累积", "合共", "多达", "缴出", "交出", "端出", "财报前", "财报后", "业绩前", "业绩后", "盘前", "盘后", "盘中", "早盘", "午后", "尾盘", "开盘", "收盘", "逆市", "逆势", "一度", "则", "再", "另", "averaged", "averages", "numbered", "amounted", "sat", "ran", "finished", "quarter", "ending", "live", "paid", "active", "spend", "outlay", "figure", "tally", "print", "traded", "closed", "shares", "stock", "late", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "should", "would", "come", "comes", "land", "lands", "landed", "be", "between", "stalled", "plateaued", "stuck", "slipped", "eased", "edged", "fell", "dropped", "declined", "widened", "narrowed", "expanded", "remained", "held", "settled", "同期", "同月", "同季", "落在", "来到", "站上", "订为", "定为", "订在",
        }.OrderByDescending(word => word.Length),
    ];

    /// <summary>Whether nothing of weight stands between two positions: words that link a metric to its figure, times, growth and brackets aside.</summary>
    public static bool IsPlain(Sentence sentence, int from, int to) => Weight(sentence, from, to) <= 3;

    /// <summary>How many letters are left between two positions once all that only links is taken away.</summary>
    /// <param name="sentence">Where.</param>
    /// <param name="from">End of the one.</param>
    /// <param name="to">Start of the other.</param>
    /// <param name="areNamesBlank">Names of things count nothing either ($1tn of Blackwell and Rubin orders).</param>
    public static int Weight(Sentence sentence, int from, int to, bool areNamesBlank = false)
    {
        if (to <= from)
            return 0;
        var text = new StringBuilder(sentence.Slice(from, to));
        foreach (var annotation in sentence.Annotations.Where(a => (a is PeriodValue or DateValue or Growth or Consensus or Previous || (areNamesBlank && a is Name or Mention { Kind: "company" or "product" or "model" or "chip" })) && a.End > from && a.Start < to))
            Blank(text, Math.Max(0, annotation.Start - from), Math.Min(text.Length, annotation.End - from));
        BlankBrackets(text);
        var rest = text.ToString();
        foreach (var link in Links)
            rest = Without(rest, link);
        return rest.Count(char.IsLetterOrDigit);
    }

    private static void BlankBrackets(StringBuilder text)
    {
        var open = -1;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '(')
                open = at;
            else if (text[at] == ')' && open >= 0)
                Blank(text, open, at + 1);
        }
    }

    private static string Without(string text, string link)
    {
        for (var at = text.IndexOf(link, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(link, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var isWord = !char.IsAsciiLetter(link[0]) || ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && (at + link.Length == text.Length || !char.IsAsciiLetterOrDigit(text[at + link.Length])));
            if (isWord)
                text = string.Concat(text.AsSpan(0, at), new string(' ', link.Length), text.AsSpan(at + link.Length));
        }

        return text;
    }

    private static void Blank(StringBuilder text, int from, int to)
    {
        for (var at = from; at < to; at++)
            text[at] = ' ';
    }
}
