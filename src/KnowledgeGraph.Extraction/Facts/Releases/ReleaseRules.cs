using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Releases;

/// <summary>
/// Something appears under a name: models, products and chips share the sentences in which they do (谷歌发布 X, X 开源, OpenAI launched X), so
/// the same rules find all three and <see cref="ReleasedThing"/> tells from the name and the nouns beside it which one it is.
/// </summary>
public static class ReleaseRules
{
    private static readonly string[] Verbs = ["发布", "推出", "开源", "上线", "宣布推出", "发表", "亮相", "开放", "揭晓", "带来", "公布", "首发", "更新", "升级", "开启", "推出了", "launched", "launches", "launch", "released", "releases", "release", "unveiled", "unveils", "introduced", "introduces", "introducing", "announced", "announces", "debuted", "debuts", "open-sourced", "open-sources", "rolled out", "rolls out", "shipped", "ships", "published"];

    private static readonly string[] FinalVerbs = ["开源", "上线", "发布", "推出", "亮相", "登场", "问世", "launched", "launches", "debuted", "released", "is out", "went live"];

    private static readonly string[] Fillers = ["正式", "全量", "官宣", "宣布", "将于近期", "将于", "近日", "已", "已正式", "今日", "同步", "率先", "首次", "全面", "模型", "大模型", "即将", "系列", "于", "昨日", "预计", "也", "现已", "计划"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("release/verb-name", Lit(Verbs).As("verb"), VerbThenName),
        new("release/name-verb", Seq(Ann<Name>("name", IsThing), Rep(Lit(Fillers), 4), Opt(Ann<DateValue>(), Opt(Lit("正式", "全量"))), Lit(FinalVerbs).As("verb")), NameThenVerb),
        new("release/arrow", Seq(Ann<Mention>("company", m => m.Kind == EntityKind.Company), Lit("→", "->", "⟶"), Ann<Name>("name")), AfterArrow),
        new("release/bracket", Seq(Ann<Name>("name", IsThing), Lit("(", "（"), Gap(40, "。；"), Ann<DateValue>("date"), Lit("发布", "推出", "开源", "上线", "release", "released", "launch")), InBracket),
        new("zh/release/unnamed-set", Seq(Lit("发布", "推出", "开源", "发布了", "推出了").As("verb"), Seq(Lit("一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "2", "3", "4", "5", "6"), Lit("款", "个"), Gap(12, "。；，、"), Lit("模型")).As("set")), UnnamedSet),
    ];

    private static bool IsThing(Name name) => name.Kind is null or EntityKind.Model or EntityKind.Product or EntityKind.Chip;

    private static Pattern Rep(Pattern item, int most) => most == 1 ? Opt(item) : Opt(item, Rep(item, most - 1));

    private static IEnumerable<FactDraft> VerbThenName(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        // 即将发布的 X, 发布会, 发布次日: the word is no verb here.
        if (sentence.Slice(verb.End, Math.Min(sentence.End, verb.End + 2)) is ['会' or '次' or '后' or '前' or '的' or '日' or '至', ..])
            yield break;
        foreach (var thing in ReleasedThing.After(context, verb))
        {
            if (thing.Draft(context, verb) is { } draft)
                yield return draft;
        }
    }

    private static IEnumerable<FactDraft> NameThenVerb(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var next = sentence.SkipSpace(verb.End);
        var isFinal = next >= sentence.End || "，。；,;.、！)）”：:".Contains(sentence.Passage.Text[next], StringComparison.Ordinal) || sentence.Has("了", next, out _) || sentence.Has("公测", next, out _) || sentence.Has("后", next, out _);
        var name = match.Get<Name>("name");
        return isFinal && ReleasedThing.Before(context, name, verb)?.Draft(context, verb) is { } draft ? [draft] : [];
    }

    private static IEnumerable<FactDraft> AfterArrow(PatternMatch match, SentenceContext context)
    {
        var arrow = new Span(match.Get<Mention>("company").End, match.Get<Name>("name").Start);
        return ReleasedThing.After(context, arrow).Select(thing => thing.Draft(context, arrow)).OfType<FactDraft>();
    }

    private static IEnumerable<FactDraft> InBracket(PatternMatch match, SentenceContext context)
    {
        var verb = new Span(match.Get<DateValue>("date").End, match.End);
        return ReleasedThing.Before(context, match.Get<Name>("name"), verb)?.Draft(context, verb) is { } draft ? [draft] : [];
    }

    private static IEnumerable<FactDraft> UnnamedSet(PatternMatch match, SentenceContext context)
    {
        var set = match.Get<Span>("set");
        if (context.Company(match.Start) is not { } developer)
            return [];
        var text = context.Sentence.Slice(set);
        var start = context.CompanyMention(match.Start)?.Start ?? match.Start;
        return
        [
            context.Draft("ModelReleased", start, match.End,
                [("model", Participant.Unknown(EntityKind.Model, text)), ("developer", developer)],
                [("stage", Stages.Of(context.Sentence, match.Start, match.End)), ("modalities", Modalities.In(text))]),
        ];
    }
}
