using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Facts.Parties;
using KnowledgeGraph.Extraction.Rules;
using static KnowledgeGraph.Extraction.Rules.Pattern;

namespace KnowledgeGraph.Extraction.Facts.Availability;

/// <summary>Something that exists can be had by more people, by fewer, elsewhere, later or no longer.</summary>
public static class AccessRules
{
    private static readonly string[] Restrict = ["限制", "禁止", "封禁", "禁用", "叫停", "切断", "断供", "restricts", "restricted", "bans", "banned", "blocks", "blocked", "bars", "barred", "limits", "to ban", "to restrict", "to block"];

    private static readonly string[] Lift = ["解除", "解禁", "移出", "撤销", "放宽", "取消", "lifts", "lifted", "to lift", "eases", "eased", "removed from", "reversed", "reverses", "scrapped", "scraps", "dropped", "drops", "waived", "waives", "rescinded", "rescinds", "relaxed", "relaxes", "has lifted", "eliminated"];

    private static readonly string[] Control = ["出口管制", "管制", "限制", "禁令", "封禁", "实体清单", "制裁", "禁售", "许可要求", "许可证要求", "许可规定", "licence requirement", "license requirement", "licence requirements", "license requirements", "licensing requirement", "licensing requirements", "embargo", "export controls", "export control", "restrictions", "restriction", "ban", "curbs", "entity list"];

    private static readonly string[] Withdraw =
    [
        "撤出", "下架", "下线", "停用", "停止服务", "停服", "退役", "移除", "关停", "弃用", "撤下", "停止支持", "停止提供",
        "retired", "retires", "retire", "discontinued", "discontinues", "pulled", "pulls", "sunsets", "sunset", "shut down", "shuts down", "deprecates", "deprecated", "withdrew", "withdraws", "withdrawn",
    ];

    private static readonly string[] Delay = ["推迟", "延期", "延后", "跳票", "delays", "delayed", "postpones", "postponed", "pushes back", "pushed back", "held back"];

    private static readonly string[] Use = ["使用", "调用", "访问", "获取", "购买", "接入", "采用", "using", "from using", "access to", "use of", "accessing"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("availability/restricted", Lit(Restrict).As("verb"), Restricted),
        new("availability/lifted", Lit(Lift).As("verb"), Lifted),
        new("availability/withdrawn", Lit(Withdraw).As("verb"), Withdrawn),
        new("zh/availability/licence-withdrawn", Seq(Lit("取消", "收回", "撤销", "终止").As("verb"), Gap(12, ",。;"), Ann<Name>("thing"), Gap(4, ",。;"), Lit("授权", "许可", "访问权限", "订阅", "权限")), LicenceWithdrawn),
        new("zh/availability/service-ended", Seq(Lit("停止", "终止", "结束", "关闭", "中止", "不再提供", "停供").As("verb"), Opt(Lit("对", "提供", "了", "支持")), Gap(8, ",。;"), Ann<Name>("thing"), Gap(8, ",。;"), Opt(Lit("API 服务", "API服务", "API 接口", "API", "接口服务", "接口", "服务", "支持", "调用", "访问", "更新").As("what"))), ServiceEnded),
        new("en/availability/service-ended", Seq(Lit("end", "ends", "ended", "ending", "will end", "to end", "stop", "stops", "stopped", "will stop", "cease", "ceases", "drop", "drops", "dropping", "terminate", "terminates", "cut", "cuts").As("verb"), Gap(24, ",;"), Lit("support for", "access to", "service for", "services for", "API for", "availability of", "serving", "offering", "hosting", "supporting").As("what")), EnglishServiceEnded),
        new("availability/end-of-life", Lit("is retiring", "are retiring", "will retire", "to retire", "will be retired", "is being retired", "will shut down", "is shutting down", "to shut down", "will discontinue", "is discontinuing", "will sunset", "is sunsetting", "will deprecate", "is deprecating", "phases out", "will phase out", "is phasing out", "将被弃用", "将下架", "退网", "停运").As("verb"), Withdrawn),
        new("en/availability/taken-out", Seq(Lit("took", "takes", "taken", "removed", "removes", "pulled", "pulls").As("verb"), Gap(30, ",;"), Lit("out of", "from").As("of")), TakenOut),
        new("availability/delayed", Lit(Delay).As("verb"), Delayed),
    ];

    // A 限制 B 使用 X · X is banned by A
    private static IEnumerable<FactDraft> Restricted(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var things = Things.Behind(context, verb.End, reach: 36);
        var by = PartyLists.Subjects(context, verb.Start).LastOrDefault(party => !party.IsThing);
        if (things.Count == 0 || by is null)
            return [];
        var affected = PartyNames.In(context, verb.End, things[0].Start).FirstOrDefault(party => !party.IsThing);
        var isOfUse = sentence.Contains(Use, verb.End, things[0].Start) || sentence.Contains(["出口", "销售", "exports", "sales", "sale", "use", "access"], verb.End, Math.Min(sentence.End, things[^1].End + 14)) || affected is not null;
        return isOfUse ? AvailabilityDraft.Of(context, things, "restricted", by.Who, affected?.Who, Math.Min(by.Start, verb.Start), things[^1].End) : [];
    }

    private static IEnumerable<FactDraft> Lifted(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var isRelease = sentence.Slice(verb) == "解禁";
        var clause = PartyLists.ClauseStart(sentence, verb.Start);
        if (!isRelease && !sentence.Contains(Control, clause, Math.Min(sentence.End, verb.End + 40)))
            return [];
        var things = Things.Before(context, verb.Start).Where(thing => thing.Start >= clause).ToList();
        if (things.Count == 0)
            things = [.. Things.Behind(context, verb.End, reach: 44)];
        var by = PartyNames.In(context, clause, Math.Min(sentence.End, verb.End + 30)).FirstOrDefault(party => party.Who.Kind == EntityKind.Organisation);
        return things.Count == 0 ? [] : AvailabilityDraft.Of(context, things, "lifted", by?.Who, null, Math.Min(things[0].Start, Math.Min(verb.Start, by?.Start ?? verb.Start)), Math.Max(verb.End, things[^1].End));
    }

    // 谷歌将 X 撤出 Y · OpenAI retires X
    private static IEnumerable<FactDraft> Withdrawn(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var clause = PartyLists.ClauseStart(sentence, verb.Start);
        var things = Things.Before(context, verb.Start).Where(thing => thing.Start >= clause).ToList();
        var isPassive = new[] { "was ", "were ", "been ", "being ", "be " }.Any(word => sentence.Slice(Math.Max(sentence.Start, verb.Start - 6), verb.Start).EndsWith(word, StringComparison.Ordinal));
        // P 下架 X: what follows at once is what goes, P the place.
        var isObject = !sentence.Slice(verb).EndsWith('出') && Things.Behind(context, verb.End, reach: 2).Count > 0;
        if (things.Count == 0 || isObject || (sentence.Slice(verb).Any(char.IsAsciiLetter) && !isPassive))
            things = Things.Behind(context, verb.End, reach: 16) is { Count: > 0 } behind ? [.. behind] : things;
        if (things.Count == 0)
            return [];
        var place = sentence.Slice(verb) is "撤出" or "移出" or "退出" ? PartyNames.In(context, verb.End, Math.Min(sentence.End, verb.End + 24)).FirstOrDefault() : null;
        return AvailabilityDraft.Of(context, things, "withdrawn", By(context, things[0], verb.Start), place?.Who, Math.Min(things[0].Start, verb.Start), Math.Max(verb.End, things[^1].End));
    }

    private static IEnumerable<FactDraft> LicenceWithdrawn(PatternMatch match, SentenceContext context)
    {
        var name = match.Get<Name>("thing");
        var by = PartyLists.Companies(context, match.Start).LastOrDefault();
        var thing = new Party(name.Start, name.End, new Participant(name.Kind ?? EntityKind.Product, name.Text, name.Candidates));
        return by is null || name.Kind is EntityKind.Company or EntityKind.Person ? [] : AvailabilityDraft.Of(context, [thing], "withdrawn", by.Who, by.Who, Math.Min(by.Start, match.Start), match.End);
    }

    // 停止 X 的 API 服务, 终止对 X 的支持
    private static IEnumerable<FactDraft> ServiceEnded(PatternMatch match, SentenceContext context)
    {
        var (verb, name) = (match.Get<Span>("verb"), match.Get<Name>("thing"));
        var things = Things.Behind(context, verb.End, reach: 12);
        var isService = match.Find<Span>("what") is not null || context.Sentence.Contains(["API", "服务", "支持", "接口", "访问"], name.End, Math.Min(context.Sentence.End, name.End + 10));
        return things.Count == 0 || things[0].Start != name.Start || !isService ? []
            : AvailabilityDraft.Of(context, things, "withdrawn", By(context, things[0], verb.Start), null, verb.Start, Math.Max(match.End, things[^1].End));
    }

    private static IEnumerable<FactDraft> EnglishServiceEnded(PatternMatch match, SentenceContext context)
    {
        var (verb, what) = (match.Get<Span>("verb"), match.Get<Span>("what"));
        var things = Things.Behind(context, what.End, reach: 8);
        if (things.Count == 0)
            return [];
        // cut off X's access to Y: X may no longer, others may.
        var affected = PartyNames.In(context, verb.End, what.Start).FirstOrDefault(party => party.Who.Kind == EntityKind.Company);
        var isCut = context.Sentence.Slice(verb).StartsWith("cut", StringComparison.OrdinalIgnoreCase);
        return isCut && affected is null ? [] : AvailabilityDraft.Of(context, things, affected is null ? "withdrawn" : "restricted", By(context, things[0], verb.Start), affected?.Who, verb.Start, things[^1].End);
    }

    private static IEnumerable<FactDraft> TakenOut(PatternMatch match, SentenceContext context)
    {
        var (verb, of) = (match.Get<Span>("verb"), match.Get<Span>("of"));
        var thing = Things.In(context, verb.End, of.Start).FirstOrDefault();
        var place = PartyNames.In(context, of.End, Math.Min(context.Sentence.End, of.End + 24)).FirstOrDefault();
        return thing is null || place is null ? [] : AvailabilityDraft.Of(context, [thing], "withdrawn", By(context, thing, verb.Start), place.Who, verb.Start, place.End);
    }

    private static IEnumerable<FactDraft> Delayed(PatternMatch match, SentenceContext context)
    {
        var sentence = context.Sentence;
        var verb = match.Get<Span>("verb");
        var things = Things.Behind(context, verb.End, reach: 14) is { Count: > 0 } behind ? behind
            : [.. Things.Before(context, verb.Start).Where(thing => thing.Start >= PartyLists.ClauseStart(sentence, verb.Start))];
        return things.Count == 0 ? [] : AvailabilityDraft.Of(context, things, "delayed", By(context, things[0], verb.Start), null, Math.Min(things[0].Start, verb.Start), Math.Max(verb.End, things[^1].End));
    }

    private static Participant? By(SentenceContext context, Party thing, int at) =>
        PartyLists.Subjects(context, at).LastOrDefault(party => party.Who.Kind == EntityKind.Company && party.Who.Candidates.Count > 0)?.Who ?? context.CompanyMention(at) switch { { } mention => Participant.Of(mention, context.Sentence), _ => null } ?? Things.Maker(context, thing) ?? context.CarriedCompany();
}
