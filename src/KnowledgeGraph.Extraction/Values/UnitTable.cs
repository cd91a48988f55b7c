using System.Collections.Frozen;

namespace KnowledgeGraph.Extraction.Values;

internal enum UnitKind
{
    Percent,
    Points,
    Money,
    Multiple,
    Quantity,
}

/// <summary>A unit as it may follow a number. <c>Name</c> is the ISO 4217 code (null: home) or the normalised unit; the number times <c>Factor</c> is in base units.</summary>
internal sealed record Unit(string Form, UnitKind Kind, string? Name, decimal Factor = 1m, string NotBefore = "");

/// <summary>
/// Units by their first character, longest first. Latin forms up to three letters are case-sensitive (GB, m, M differ), longer ones are not.
/// <c>NotBefore</c> lists characters that make the form part of another word (元件, 三成功).
/// </summary>
internal static class UnitTable
{
    private static readonly Unit[] All =
    [
        .. Money("USD", "美元", "美金", "USD", "US dollars", "U.S. dollars", "dollars", "dollar"),
        .. Money("HKD", "港元", "港币", "港幣", "HKD", "HK dollars", "Hong Kong dollars"),
        .. Money("CNY", "元人民币", "人民币元", "人民币", "RMB", "Rmb", "CNY", "yuan", "renminbi"),
        .. Money("TWD", "新台币", "新臺币", "台币", "元新台币", "NTD", "TWD", "NT dollars"),
        .. Money("EUR", "欧元", "EUR", "euros", "euro"),
        .. Money("JPY", "日元", "日圆", "JPY", "yen"),
        .. Money("KRW", "韩元", "韩圆", "韩圜", "韩币", "KRW", "won"),
        .. Money("GBP", "英镑", "GBP", "pounds"),
        .. Money("INR", "印度卢比", "卢比", "INR", "rupees"),
        .. Money("RUB", "卢布", "俄罗斯卢布", "RUB", "roubles", "rubles"),
        .. Money("SGD", "新加坡元", "新元", "坡币", "SGD"),
        .. Money("CAD", "加元", "加拿大元", "CAD"),
        .. Money("AUD", "澳元", "澳大利亚元", "AUD"),
        .. Money("CHF", "瑞士法郎", "瑞郎", "CHF"),
        .. Money("SEK", "瑞典克朗", "SEK"),
        .. Money("AED", "阿联酋迪拉姆", "迪拉姆", "AED"),
        .. Money("SAR", "沙特里亚尔", "里亚尔", "SAR"),
        .. Money("VND", "越南盾", "VND"),
        .. Money("THB", "泰铢", "THB"),
        .. Money("MYR", "马来西亚林吉特", "林吉特", "令吉", "MYR"),
        .. Money("IDR", "印尼盾", "印尼卢比", "IDR"),
        .. Money("BRL", "雷亚尔", "BRL"),
        .. Money("TRY", "土耳其里拉", "TRY"),
        .. Money("ILS", "谢克尔", "以色列谢克尔", "ILS"),
        new("美分", UnitKind.Money, "USD", 0.01m),
        new("cents", UnitKind.Money, "USD", 0.01m),
        new("Singapore cents", UnitKind.Money, "SGD", 0.01m),
        new("HK cents", UnitKind.Money, "HKD", 0.01m),
        new("美仙", UnitKind.Money, "USD", 0.01m),
        new("港仙", UnitKind.Money, "HKD", 0.01m),
        new("新仙", UnitKind.Money, "SGD", 0.01m),
        new("元", UnitKind.Money, null, 1m, "宝宇年件器素旦月首老气凶始"),
        new("圆", UnitKind.Money, null, 1m, "形圈满"),
        new("块钱", UnitKind.Money, null),
        new("毛钱", UnitKind.Money, null, 0.1m),
        new("毛", UnitKind.Money, null, 0.1m, "利收"),
        new("%", UnitKind.Percent, null),
        new("成", UnitKind.Percent, null, 10m, "功立员本为长交分果都就熟年型品效人套因语"),
        new("percent", UnitKind.Percent, null),
        new("per cent", UnitKind.Percent, null),
        new("pct", UnitKind.Points, null),
        new("pcts", UnitKind.Points, null),
        new("ppt", UnitKind.Points, null),
        new("ppts", UnitKind.Points, null),
        new("pp", UnitKind.Points, null),
        new("pps", UnitKind.Points, null),
        new("PP", UnitKind.Points, null),
        new("个百分点", UnitKind.Points, null),
        new("百分点", UnitKind.Points, null),
        new("percentage points", UnitKind.Points, null),
        new("percentage point", UnitKind.Points, null),
        new("个基点", UnitKind.Points, null, 0.01m),
        new("基点", UnitKind.Points, null, 0.01m),
        new("bps", UnitKind.Points, null, 0.01m),
        new("bp", UnitKind.Points, null, 0.01m),
        new("BP", UnitKind.Points, null, 0.01m),
        new("basis points", UnitKind.Points, null, 0.01m),
        new("basis point", UnitKind.Points, null, 0.01m),
        new("倍", UnitKind.Multiple, null, 1m, "率数频"),
        new("x", UnitKind.Multiple, null),
        new("X", UnitKind.Multiple, null),
        new("×", UnitKind.Multiple, null),
        new("fold", UnitKind.Multiple, null),
        new("times", UnitKind.Multiple, null),
        .. Quantity("tokens", "tokens", "token", "tok", "词元", "个词元", "个tokens", "个token", "个 tokens", "个 token", "令牌"),
        .. Quantity("tokens/s", "tps", "TPS", "tok/s"),
        .. Quantity("parameters", "parameters", "parameter", "params", "参数", "个参数", "参"),
        .. Quantity("W", "瓦", "W", "watts", "watt"),
        .. Quantity("kW", "千瓦", "kW", "KW", "kilowatts"),
        .. Quantity("MW", "兆瓦", "MW", "megawatts", "megawatt"),
        .. Quantity("GW", "吉瓦", "GW", "gigawatts", "gigawatt"),
        .. Quantity("kWh", "千瓦时", "度电", "kWh"),
        .. Quantity("MWh", "兆瓦时", "MWh"),
        .. Quantity("GWh", "吉瓦时", "GWh"),
        .. Quantity("TWh", "TWh"),
        .. Quantity("KB", "KB"),
        .. Quantity("MB", "MB", "兆字节"),
        .. Quantity("GB", "GB", "gigabytes"),
        .. Quantity("TB", "TB", "terabytes"),
        .. Quantity("PB", "PB"),
        .. Quantity("GB/s", "GB/s", "GB/sec", "GBps"),
        .. Quantity("TB/s", "TB/s", "TB/sec", "TBps"),
        .. Quantity("PB/s", "PB/s", "PB/sec", "PBps"),
        .. Quantity("Hz", "赫兹", "Hz", "hertz"),
        .. Quantity("Gb/s", "Gbps", "Gb/s"),
        .. Quantity("Tb/s", "Tbps", "Tb/s"),
        .. Quantity("bits", "bit", "bits", "比特"),
        .. Quantity("petaflops", "petaflops", "petaflop", "PFLOPS", "PFLOP", "PFlops", "PF"),
        .. Quantity("exaflops", "exaflops", "exaflop", "EFLOPS", "EFlops"),
        .. Quantity("teraflops", "teraflops", "TFLOPS", "TFlops"),
        .. Quantity("TOPS", "TOPS"),
        .. Quantity("nm", "nm", "纳米", "奈米"),
        .. Quantity("mm", "mm", "毫米"),
        .. Quantity("km", "km", "公里", "千米", "kilometers", "kilometres"),
        .. Quantity("m2", "平方米", "平米", "平方公尺"),
        .. Quantity("kg", "kg", "公斤", "千克"),
        .. Quantity("t", "吨", "tonnes", "tons"),
        .. Quantity("MHz", "兆赫", "MHz"),
        .. Quantity("GHz", "吉赫", "GHz"),
        .. Quantity("C", "℃", "摄氏度"),
        .. Quantity("h", "小时", "个小时", "hours", "hour", "h", "hrs"),
        .. Quantity("min", "分钟", "minutes", "minute", "mins", "min"),
        .. Quantity("s", "秒", "秒钟", "seconds", "second", "s"),
        .. Quantity("ms", "毫秒", "ms", "milliseconds"),
        .. Quantity("days", "天", "个交易日", "个工作日", "日内", "days", "day", "trading days"),
        .. Quantity("weeks", "周", "个星期", "星期", "weeks", "week"),
        .. Quantity("months", "个月", "个多月", "months", "month"),
        .. Quantity("quarters", "个季度", "个季", "quarters", "quarter"),
        .. Quantity("years", "年", "个年头", "周年", "years", "year"),
        .. Quantity("users", "用户", "个用户", "名用户", "位用户", "户", "users", "user", "subscribers"),
        .. Quantity("people", "人", "名", "位", "员工", "名员工", "people", "employees", "staff", "workers"),
        .. Quantity("visits", "人次"),
        .. Quantity("developers", "开发者", "名开发者", "位开发者", "developers", "developer"),
        .. Quantity("creators", "创作者", "名创作者", "位创作者", "creators"),
        .. Quantity("customers", "客户", "家客户", "个客户", "家企业客户", "企业客户", "名客户", "位客户", "customers", "customer", "clients"),
        .. Quantity("companies", "家", "家企业", "家公司", "家机构", "家供应商", "家金融机构", "间公司", "企业", "companies", "firms", "enterprises"),
        .. Quantity("stores", "家门店", "家店", "stores"),
        .. Quantity("jobs", "个岗位", "岗位", "个职位", "jobs", "roles", "positions"),
        .. Quantity("orders", "单", "份订单", "个订单", "笔订单", "笔", "orders"),
        .. Quantity("downloads", "次下载", "下载", "downloads"),
        .. Quantity("calls", "次工具调用", "次调用", "次请求", "tool calls", "tool call", "calls", "requests", "API calls"),
        .. Quantity("queries", "queries", "searches"),
        .. Quantity("prompts", "prompts"),
        .. Quantity("messages", "messages", "conversations", "chats"),
        .. Quantity("times", "次", "轮", "遍"),
        .. Quantity("GPUs", "GPU", "GPUs", "颗GPU", "颗 GPU", "块GPU", "块 GPU", "张GPU", "张 GPU", "片GPU", "片 GPU", "个GPU", "个 GPU", "张显卡", "块显卡", "张卡", "卡", "万卡"),
        .. Quantity("TPUs", "TPU", "TPUs", "颗TPU", "颗 TPU", "块TPU", "块 TPU", "个TPU", "个 TPU"),
        .. Quantity("CPUs", "CPU", "CPUs", "颗CPU", "颗 CPU"),
        .. Quantity("chips", "颗芯片", "枚芯片", "块芯片", "片芯片", "颗", "枚", "chips", "accelerators"),
        .. Quantity("satellites", "颗卫星", "枚卫星", "satellites"),
        .. Quantity("wafers", "片晶圆", "片12英寸晶圆", "wafers", "wafer", "wpm"),
        .. Quantity("pieces", "片", "块", "张", "pieces", "件"),
        .. Quantity("servers", "台服务器", "servers", "server"),
        .. Quantity("racks", "个机柜", "机柜", "架", "柜", "racks", "rack"),
        .. Quantity("sqm", "平方米", "平米", "sqm"),
        .. Quantity("nodes", "个节点", "节点", "nodes"),
        .. Quantity("vehicles", "辆", "台车", "vehicles", "cars"),
        .. Quantity("units", "台", "部", "套", "只", "副", "units"),
        .. Quantity("plants", "座工厂", "座", "plants", "factories", "fabs"),
        .. Quantity("agents", "个智能体", "个Agent", "个 Agent", "agents"),
        .. Quantity("pages", "页", "pages", "page"),
        .. Quantity("shares", "股", "shares"),
        .. Quantity("lines", "行代码", "lines of code"),
        .. Quantity("images", "张图", "张图片", "幅", "images"),
        .. Quantity("downloads", "次安装"),
        .. Quantity("points", "点", "points", "分"),
        .. Quantity("count", "个", "款", "项", "条", "则", "种", "例", "份", "层", "级", "篇", "支", "所", "道", "门", "组"),
        .. Quantity("tokens", "上下文", "context", "context window", "context length", "token context"),
        .. Quantity("GB", "G内存", "G 内存", "G显存", "G 显存"),
    ];

    private static readonly FrozenDictionary<char, Unit[]> ByFirst = All
        .GroupBy(unit => char.ToLowerInvariant(unit.Form[0]))
        .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(unit => unit.Form.Length).ToArray());

    /// <summary>The longest unit that starts exactly at <paramref name="at"/>.</summary>
    public static Unit? Match(string text, int at)
    {
        if (at >= text.Length || !ByFirst.TryGetValue(char.ToLowerInvariant(text[at]), out var units))
            return null;
        foreach (var unit in units)
        {
            if (Fits(text, at, unit))
                return unit;
        }

        return null;
    }

    private static bool Fits(string text, int at, Unit unit)
    {
        var isLatin = char.IsAsciiLetter(unit.Form[0]);
        if (isLatin && unit.Form.Length > 3 ? !Scan.IsAtIgnoringCase(text, at, unit.Form) : !Scan.IsAt(text, at, unit.Form))
            return false;
        var end = at + unit.Form.Length;
        if (char.IsAsciiLetter(unit.Form[^1]))
            return !Scan.IsWordAt(text, end);
        var next = Scan.At(text, end);
        return next == '\0' || !unit.NotBefore.Contains(next, StringComparison.Ordinal);
    }

    private static IEnumerable<Unit> Money(string currency, params string[] forms) =>
        forms.Select(form => new Unit(form, UnitKind.Money, currency));

    private static IEnumerable<Unit> Quantity(string name, params string[] forms) =>
        forms.Select(form => new Unit(form, UnitKind.Quantity, name, 1m, NotBeforeOf(form)));

    /// <summary>What may not follow a one-character classifier, else it opens another word (年级, 人民, 块链).</summary>
    private static string NotBeforeOf(string form) => form switch
    {
        "年" => "级报度化轻来初底末代",
        "人" => "民工才类形型机",
        "名" => "单字称列",
        "位" => "置于数列居",
        "单" => "季月日周元位",
        "分" => "之钟别析成布类部公时位红众点为享",
        "点" => "钟半评",
        "卡" => "位片",
        "块" => "链",
        "部" => "分门委",
        "套" => "餐现件",
        "台" => "币积",
        "张" => "量",
        "周" => "一二三四五六日末年",
        "天" => "使猫然津",
        "次" => "新年日元于方",
        "家" => "族电居乐",
        "户" => "外型",
        "股" => "份权东价息票本",
        "个" => "人股性月",
        "项" => "目",
        "级" => "别",
        "层" => "面次",
        "种" => "子",
        "支" => "持付",
        "道" => "路",
        "门" => "槛户店",
        "组" => "合织",
        "参" => "考与加股照展",
        "笔" => "记",
        "架" => "构",
        "行" => "业",
        "秒" => "杀",
        "轮" => "动胎船",
        "片" => "区段",
        "页" => "岩",
        "所" => "有以在",
        "份" => "额",
        "柜" => "台员子面体",
        "只" => "有是能要会在需不为剩占用限够看靠",
        "副" => "总主本业作",
        _ => "",
    };
}
