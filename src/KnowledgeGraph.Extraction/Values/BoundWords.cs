using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Values;

/// <summary>The words directly before or after a value that say it is approximate, a minimum or a maximum.</summary>
internal static class BoundWords
{
    private static readonly (string Word, Bound Bound)[] Before =
    [
        ("不超过", Bound.Max), ("不超", Bound.Max), ("未超过", Bound.Max), ("不足", Bound.Max), ("不到", Bound.Max), ("未到", Bound.Max), ("未达", Bound.Max),
        ("未满", Bound.Max), ("不满", Bound.Max), ("最多", Bound.Max), ("至多", Bound.Max), ("最高", Bound.Max), ("不高于", Bound.Max), ("不多于", Bound.Max),
        ("不大于", Bound.Max), ("低于", Bound.Max), ("少于", Bound.Max), ("小于", Bound.Max), ("上限为", Bound.Max), ("上限", Bound.Max),
        ("不低于", Bound.Min), ("不少于", Bound.Min), ("不小于", Bound.Min), ("不下", Bound.Min), ("不下于", Bound.Min), ("超过", Bound.Min), ("超过了", Bound.Min),
        ("超出", Bound.Min), ("超", Bound.Min), ("逾", Bound.Min), ("突破", Bound.Min), ("突破了", Bound.Min), ("破", Bound.Min), ("至少", Bound.Min), ("最少", Bound.Min),
        ("高于", Bound.Min), ("大于", Bound.Min), ("多于", Bound.Min), ("最低", Bound.Min), ("高逾", Bound.Min), ("高过", Bound.Min), ("起码", Bound.Min), ("过", Bound.Min),
        ("约为", Bound.Approx), ("约合", Bound.Approx), ("约达", Bound.Approx), ("约有", Bound.Approx), ("约", Bound.Approx), ("近", Bound.Approx),
        ("接近于", Bound.Approx), ("大概", Bound.Approx), ("大致", Bound.Approx), ("差不多", Bound.Approx), ("几乎", Bound.Approx), ("上下", Bound.Approx),
        ("not more than", Bound.Max), ("no more than", Bound.Max), ("not exceeding", Bound.Max), ("up to", Bound.Max), ("at most", Bound.Max), ("less than", Bound.Max),
        ("fewer than", Bound.Max), ("lower than", Bound.Max), ("below", Bound.Max), ("under", Bound.Max), ("as much as", Bound.Max), ("as many as", Bound.Max),
        ("maximum of", Bound.Max), ("capped at", Bound.Max), ("just short of", Bound.Max), ("<", Bound.Max), ("≤", Bound.Max), ("<=", Bound.Max),
        ("at least", Bound.Min), ("no less than", Bound.Min), ("not less than", Bound.Min), ("no fewer than", Bound.Min), ("more than", Bound.Min),
        ("over", Bound.Min), ("above", Bound.Min), ("exceeding", Bound.Min), ("exceeded", Bound.Min), ("exceeds", Bound.Min), ("exceed", Bound.Min),
        ("in excess of", Bound.Min), ("north of", Bound.Min), ("upwards of", Bound.Min), ("surpassed", Bound.Min), ("surpassing", Bound.Min), ("surpass", Bound.Min),
        ("greater than", Bound.Min), ("higher than", Bound.Min), ("topped", Bound.Min), ("topping", Bound.Min), ("a minimum of", Bound.Min), (">", Bound.Min),
        ("≥", Bound.Min), (">=", Bound.Min),
        ("nearly", Bound.Approx), ("about", Bound.Approx), ("around", Bound.Approx), ("approximately", Bound.Approx), ("approx.", Bound.Approx), ("approx", Bound.Approx),
        ("some", Bound.Approx), ("roughly", Bound.Approx), ("almost", Bound.Approx), ("close to", Bound.Approx), ("circa", Bound.Approx), ("ca.", Bound.Approx),
        ("c.", Bound.Approx), ("near", Bound.Approx), ("~", Bound.Approx), ("～", Bound.Approx), ("≈", Bound.Approx),
    ];

    // 纽约 5 家, 签约 3 家, 最近 3 次 and the like end in a bound word and are none.
    private static readonly string[] NotBefore =
    [
        "合约", "签约", "契约", "预约", "条约", "节约", "续约", "纽约", "邀约", "制约", "违约", "履约", "公约", "集约", "租约", "期约", "大约定",
        "最近", "附近", "就近", "新近", "晚近", "通过", "经过", "不过", "超过于", "过程", "反超", "赶超", "英超", "中超", "打破", "爆破", "经历过", "曾过", "做过",
        "rollover", "handover", "takeover", "turnover", "moreover", "crossover", "handsome", "awesome",
    ];

    private static readonly (string Word, Bound Bound)[] After =
    [
        ("左右", Bound.Approx), ("上下", Bound.Approx), ("以上", Bound.Min), ("以下", Bound.Max), ("以内", Bound.Max), ("之内", Bound.Max), ("之上", Bound.Min),
        ("之下", Bound.Max), ("起步", Bound.Min), ("or so", Bound.Approx), ("or more", Bound.Min), ("or less", Bound.Max), ("or higher", Bound.Min), ("or lower", Bound.Max),
        ("+", Bound.Min),
    ];

    public static Bound? Of(string text, int start, int end) => AfterEnd(text, end) ?? BeforeStart(text, start);

    /// <summary>Whether a bound word ends directly before <paramref name="start"/>.</summary>
    public static Bound? BeforeStart(string text, int start)
    {
        var end = Scan.SkipSpaceBack(text, start);
        if (end == 0 || !MayEndBound(text[end - 1]))
            return null;
        var best = (Word: "", Bound: default(Bound));
        foreach (var entry in ByLast[char.ToLowerInvariant(text[end - 1])])
        {
            if (entry.Word.Length > best.Word.Length && Scan.EndsAt(text, end, entry.Word) && IsWholeWord(text, end - entry.Word.Length, entry.Word))
                best = entry;
        }

        if (best.Word.Length == 0)
            return null;
        foreach (var word in NotBefore)
        {
            if (Scan.EndsAt(text, end, word))
                return null;
        }

        return best.Bound;
    }

    private static Bound? AfterEnd(string text, int end)
    {
        var at = Scan.SkipSpace(text, end);
        foreach (var (word, bound) in After)
        {
            if (!Scan.IsAt(text, at, word) || Scan.IsAt(text, at + word.Length, '文') || Scan.IsAt(text, at + word.Length, '浮'))
                continue;
            // A plus that leads on to another number is a sum, not a bound.
            if (word != "+" || (at == end && !Scan.IsWordAt(text, at + 1) && !Scan.IsDigitAt(text, Scan.SkipSpace(text, at + 1))))
                return bound;
        }

        return null;
    }

    private static bool IsWholeWord(string text, int start, string word) => !char.IsAsciiLetter(word[0]) || !Scan.IsLatinAt(text, start - 1);

    private static readonly System.Collections.Frozen.FrozenDictionary<char, (string Word, Bound Bound)[]> ByLast = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(
        Before.GroupBy(entry => char.ToLowerInvariant(entry.Word[^1])), group => group.Key, group => group.ToArray());

    private static bool MayEndBound(char c) => ByLast.ContainsKey(char.ToLowerInvariant(c));
}
