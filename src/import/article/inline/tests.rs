use super::*;

fn sides(text: &str) -> Vec<(String, String)> {
    pairs(text).into_iter().map(|split| (split.cjk, split.latin)).collect()
}

#[test]
fn any_separator_parts_a_pair_in_either_order() {
    for (line, cjk, latin) in [
        ("关系数据库\trelational database", "关系数据库", "relational database"),
        ("事务日志  transaction log", "事务日志", "transaction log"),
        ("查询优化器 — query optimizer", "查询优化器", "query optimizer"),
        ("读写分离 – read-write splitting", "读写分离", "read-write splitting"),
        ("死锁检测 - deadlock detection", "死锁检测", "deadlock detection"),
        ("主从复制 / primary-replica replication", "主从复制", "primary-replica replication"),
        ("deadlock detection\t死锁检测", "死锁检测", "deadlock detection"),
        ("物化视图（materialized view）", "物化视图", "materialized view"),
        ("materialized view (物化视图)", "物化视图", "materialized view"),
        ("列式存储=columnar storage", "列式存储", "columnar storage"),
        ("rows per second | 每秒行数", "每秒行数", "rows per second"),
        ("SQL注入攻击：SQL injection attack", "SQL注入攻击", "SQL injection attack"),
        ("SQL injection attack SQL注入攻击", "SQL注入攻击", "SQL injection attack"),
        ("时间戳(TS)\ttimestamp (TS)", "时间戳(TS)", "timestamp (TS)"),
        ("时间戳(TS) timestamp", "时间戳(TS)", "timestamp"),
        ("维生素C vitamin C", "维生素C", "vitamin C"),
        ("北京—上海链路 — Beijing-Shanghai link", "北京—上海链路", "Beijing-Shanghai link"),
        ("加索引 index (vt.)", "加索引", "index"),
        ("慢查询 slow query (由编者补充)", "慢查询", "slow query"),
        ("角质层 — cuticle，防止水分流失", "角质层", "cuticle"),
        ("knead     v.揉，捏", "揉，捏", "knead"),
        ("knead [niːd] v. 揉", "揉", "knead"),
        ("对...很敏感：have a keen ear for", "对...很敏感", "have a keen ear for"),
        ("渐强/渐弱：crescendo/diminuendo", "渐强/渐弱", "crescendo/diminuendo"),
        ("苹果apple", "苹果", "apple"),
        ("1 | 双簧管 | oboe |", "双簧管", "oboe"),
        ("苹果 píngguǒ apple", "苹果", "apple"),
        ("列车时刻表 (train timetable, TT)", "列车时刻表", "train timetable, TT"),
    ] {
        assert_eq!(sides(line), [(cjk.to_owned(), latin.to_owned())], "{line}");
    }
}

#[test]
fn several_pairs_may_share_a_line() {
    for line in [
        "苹果 apple 2. 香蕉 banana 3. 梨 pear",
        "①苹果 apple ②香蕉 banana ③梨 pear",
        "苹果 apple；香蕉 banana；梨 pear",
        "苹果apple香蕉banana梨pear",
        "苹果 apple | 香蕉 banana | 梨 pear",
        "apple苹果banana香蕉pear梨",
        "苹果 | apple | 香蕉 | banana | 梨 | pear",
        "苹果 apple  香蕉 banana  梨 pear",
    ] {
        let found = sides(line);
        let wanted = [("苹果", "apple"), ("香蕉", "banana"), ("梨", "pear")]
            .map(|(cjk, latin)| (cjk.to_owned(), latin.to_owned()));
        assert_eq!(found, wanted, "{line}");
    }
}

#[test]
fn dates_addresses_and_acronyms_are_no_gloss() {
    assert!(sides("每日园艺播报(May 6)").is_empty());
    assert!(sides("详见 https://example.com/a").is_empty());
    assert!(sides("AI大模型").is_empty());
    assert_eq!(pairs("人工智能(AI)")[0].bond, Bond::Acronym);
}

#[test]
fn an_open_bracket_is_seen() {
    assert!(pairs("改造计划 (the present state of and plans for")[0].cut);
}

#[test]
fn what_stands_between_is_kept() {
    let split = pairs("苹果 píngguǒ apple").remove(0);
    assert_eq!(split.reading, "píngguǒ");
    assert_eq!(pairs("knead [niːd] v. 揉")[0].notes.len(), 2);
    assert_eq!(pairs("慢查询 slow query (由编者补充)")[0].notes, ["由编者补充"]);
}
